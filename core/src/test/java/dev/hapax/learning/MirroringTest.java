package dev.hapax.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.learning.loss.Denoising;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import dev.hapax.vision.Raster;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sample that is mirrored shows the latents of the mirrored picture, not the mirrored latents of the picture. */
class MirroringTest {
    private static final Method<DenoisingPass> METHOD = new Method<>(
            "test", "", List.of(Word.of("<a>", "cat")), PromptPlan.fixed("a <a> cat"), List.of(new Denoising()));
    private static TinyTeaching tiny;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        tiny = new TinyTeaching();
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    private static DenoisingForward forward(Example picture, double flip) {
        DenoisingForward some = tiny.forward(2, Augmentation.NONE);
        return new DenoisingForward(
                some.tokenizer(),
                some.encoder(),
                some.unet(),
                some.vae(),
                some.schedule(),
                List.of(picture),
                2,
                flip,
                some.rng());
    }

    private static float[] predicted(Example picture, double flip) {
        DenoisingForward forward = forward(picture, flip);
        Lexicon words =
                Lexicon.empty().with("<a>", forward.initial(METHOD.words().get(0)));
        return forward.pass(METHOD, Learned.of(words), 1).prediction().toFloats();
    }

    @Test
    void theLatentsAreThoseOfTheMirroredPicture() {
        try (Scope scope = Scope.open()) {
            Example picture = tiny.picture("scene", 3);
            Example mirror = new Example("scene", "", picture.latents(true));
            assertArrayEquals(predicted(mirror, 0), predicted(picture, 1));
            assertFalse(Arrays.equals(predicted(picture, 0), predicted(picture, 1)));
            assertEquals(
                    "the picture scene shall be shown mirrored, but was not encoded so",
                    assertThrows(IllegalArgumentException.class, () -> forward(mirror, 0.5))
                            .getMessage());
        }
    }

    @Test
    void aFileIsEncodedBothWays() throws IOException {
        int side = 8 * tiny.vae().reduction();
        Path file = write("left.png", side, false);
        try (Scope scope = Scope.open()) {
            Example both = PictureFile.read(file).encodeBothWays(tiny.vae(), side, Framing.CROP);
            Example mirror = PictureFile.read(write("right.png", side, true)).encode(tiny.vae(), side, Framing.CROP);
            assertArrayEquals(
                    mirror.latents().mean().toFloats(),
                    both.latents(true).mean().toFloats());
            assertFalse(Arrays.equals(
                    both.latents().mean().flip(3).toFloats(),
                    both.latents(true).mean().toFloats()));
        }
    }

    @Test
    void soAreAugmentedPictures() throws IOException {
        int side = 8 * tiny.vae().reduction();
        PictureFile file = PictureFile.read(write("left.png", side, false));
        RandomScale augmentation = new RandomScale(tiny.vae(), side, Map.of(file.sha256(), Raster.of(file.image())));
        int seen = 0;
        for (int step = 0; step < 12; step++) {
            try (Scope scope = Scope.open()) {
                Example picture = file.encodeBothWays(tiny.vae(), side, Framing.CROP);
                Rng rng = new Rng(5);
                float[] shown = augmentation
                        .view(picture, true, rng, step, 0)
                        .latents()
                        .mean()
                        .toFloats();
                float[] expected = augmentation
                        .shown(picture, rng, step, 0)
                        .map(view -> tiny.vae().encode(view.pixels().flip(3)))
                        .orElseGet(() -> picture.latents(true))
                        .mean()
                        .toFloats();
                assertArrayEquals(expected, shown);
                seen++;
            }
        }
        assertEquals(12, seen);
    }

    /** Dark on one side. */
    private Path write(String name, int side, boolean mirrored) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                image.setRGB(mirrored ? side - 1 - x : x, y, 0x010204 * (x * 60 / side) + 0x30 * y / side);
            }
        }
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
