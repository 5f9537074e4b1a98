package dev.hapax.diffusion;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.vision.Raster;
import java.awt.image.BufferedImage;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A picture and a mask, and both kinds of model that paint under it. */
abstract class InpaintingModels {
    static final BufferedImage PICTURE = Pictures.colourful(16, 16);
    static final BufferedImage RIGHT = Pictures.mask(16, 16, 8, 16);
    static StableDiffusion plain;
    static StableDiffusion masked;

    @BeforeAll
    static void open() {
        plain = StableDiffusion.open(folder("sd-tiny"), DType.FLOAT32, Device.CPU);
        masked = StableDiffusion.open(folder("sd-inpaint"), DType.FLOAT32, Device.CPU);
    }

    @AfterAll
    static void close() {
        plain.close();
        masked.close();
    }

    static List<GeneratedImage> draw(StableDiffusion model, StartImage start, ImageRequest request) {
        return ImageGenerator.of(model).generateFrom(start, request, Progress.NONE);
    }

    static StartImage start(double strength, BufferedImage mask, boolean keep) {
        return new StartImage(PICTURE, strength).withMask(InpaintingMask.of(mask, keep));
    }

    static ImageRequest request() {
        return ImageRequest.of("a photo of a red cup").withSteps(3).withSeed(1).withSize(16, 16);
    }

    static byte[] samples(GeneratedImage image) {
        return Raster.of(image.image()).samples();
    }

    private static Path folder(String name) {
        try {
            return Path.of(Objects.requireNonNull(InpaintingModels.class.getResource("/goldens/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
