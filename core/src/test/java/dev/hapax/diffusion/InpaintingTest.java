package dev.hapax.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.attention.LayerChoice;
import dev.hapax.attention.Resolution;
import dev.hapax.schedule.Samplers;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.vision.Raster;
import java.awt.image.BufferedImage;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InpaintingTest {
    private static final BufferedImage PICTURE = Pictures.colourful(16, 16);
    private static final BufferedImage RIGHT = Pictures.mask(16, 16, 8, 16);

    private static StableDiffusion plain;
    private static StableDiffusion masked;

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

    @Test
    void equalSeedsGiveEqualBytesAndAnImageDependsOnItsIndexAlone() {
        for (StableDiffusion model : List.of(plain, masked)) {
            ImageRequest request = request().withSampler("euler-ancestral");
            List<GeneratedImage> two = draw(model, start(1, RIGHT, false), request.withImages(0, 2));
            List<GeneratedImage> second = draw(model, start(1, RIGHT, false), request.withImages(1, 1));
            assertArrayEquals(PngImages.toBytes(two.get(1)), PngImages.toBytes(second.get(0)));
            assertFalse(Arrays.equals(samples(two.get(0)), samples(two.get(1))));
        }
    }

    @Test
    void keptPixelsAreThePicturesOwn() {
        for (StableDiffusion model : List.of(plain, masked)) {
            Raster kept = Raster.of(
                    draw(model, start(1, RIGHT, true), request()).get(0).image());
            Raster loose = Raster.of(
                    draw(model, start(1, RIGHT, false), request()).get(0).image());
            byte[] own = Raster.of(PICTURE).crop(0, 0, 8, 16).samples();
            assertArrayEquals(own, kept.crop(0, 0, 8, 16).samples());
            assertFalse(Arrays.equals(own, loose.crop(0, 0, 8, 16).samples()), "the autoencoder changes them");
            assertArrayEquals(
                    loose.crop(8, 0, 8, 16).samples(), kept.crop(8, 0, 8, 16).samples());
            assertFalse(Arrays.equals(
                    Raster.of(PICTURE).crop(8, 0, 8, 16).samples(),
                    kept.crop(8, 0, 8, 16).samples()));
        }
    }

    /** A side that is no multiple of what a latent stands for: the result has the picture's size and is not shifted. */
    @Test
    void aPictureOfAnySizeKeepsItsPlace() {
        BufferedImage odd = Pictures.colourful(15, 13);
        BufferedImage larger = Pictures.mask(45, 26, 33, 45); // columns 11 to 14 of the picture
        StartImage start = new StartImage(odd, 1).withMask(InpaintingMask.of(larger, true));
        ImageRequest ownSize = ImageRequest.of("a red cup").withSteps(2);
        GeneratedImage image = draw(plain, start, ownSize).get(0);
        assertEquals(new ImageSize(15, 13), image.settings().size());
        Raster result = Raster.of(image.image());
        assertEquals(15, result.width());
        assertEquals(13, result.height());
        assertArrayEquals(
                Raster.of(odd).crop(0, 0, 11, 13).samples(),
                result.crop(0, 0, 11, 13).samples());
        for (int x = 11; x < 15; x++) {
            assertFalse(
                    Arrays.equals(
                            Raster.of(odd).crop(x, 0, 1, 13).samples(),
                            result.crop(x, 0, 1, 13).samples()),
                    "column " + x + " is painted anew");
        }
        GeneratedImage resized = draw(plain, start, ownSize.withSize(17, 16)).get(0);
        assertEquals(17, resized.image().getWidth());
        assertEquals(16, resized.image().getHeight());
    }

    @Test
    void greyMasksAreParted() {
        Canvas canvas = Canvas.of(new ImageSize(16, 16), 2);
        BufferedImage soft = Pictures.of(16, 16, (x, y) -> (x < 8 ? 127 : 128) * 0x010101);
        byte[] hard = InpaintingMask.of(soft, false).on(canvas).samples();
        assertEquals(0, hard[7]);
        assertEquals((byte) 255, hard[8]);
        assertArrayEquals(
                InpaintingMask.of(RIGHT, false).on(canvas).samples(),
                InpaintingMask.of(soft, false).on(canvas).samples());
    }

    /** Whatever the sampler, the latents outside the mask end as those of the picture, without noise. */
    @Test
    void everySamplerBlends() {
        for (String sampler : Samplers.names()) {
            float[] last = new float[4 * 8 * 8];
            ImageRequest request = request().withSampler(sampler);
            ImageGenerator.of(plain).generateFrom(start(0.7, RIGHT, false), request, (first, call, calls, step) -> {
                if (call == calls - 1) {
                    System.arraycopy(step.sample().toFloats(), 0, last, 0, last.length);
                }
            });
            float[] own = pictureLatents();
            boolean changed = false;
            for (int i = 0; i < own.length; i++) {
                if (i % 8 < 4) {
                    assertEquals(own[i], last[i], 1e-6, sampler + " at " + i);
                }
                changed |= i % 8 >= 4 && Math.abs(own[i] - last[i]) > 0.01;
            }
            assertTrue(changed, sampler);
            draw(masked, start(0.7, RIGHT, false), request);
        }
    }

    private static float[] pictureLatents() {
        try (Scope scope = Scope.open()) {
            Tensor eps = new Rng(1).normal(Purpose.VAE, 0, 0, 1, 4, 8, 8);
            return plain.latents(MaskedPicture.pixels(Raster.of(PICTURE)), eps).toFloats();
        }
    }

    /** At full strength a run under a mask begins from noise alone, below it from the picture. */
    @Test
    void strengthSaysHowMuchOfThePictureIsLeft() {
        for (StableDiffusion model : List.of(plain, masked)) {
            for (String sampler : List.of("ddim", "euler")) {
                float[] anew = begin(model, PICTURE, 1, sampler);
                assertArrayEquals(anew, begin(model, RIGHT, 1, sampler));
                float[] half = begin(model, PICTURE, 0.5, sampler);
                assertFalse(Arrays.equals(half, begin(model, RIGHT, 0.5, sampler)));
            }
        }
        List<Integer> calls = new ArrayList<>();
        ImageRequest request = request().withSampler("ddim").withSteps(5);
        GeneratedImage image = ImageGenerator.of(masked)
                .generateFrom(start(0.6, RIGHT, false), request, (first, call, all, step) -> calls.add(call))
                .get(0);
        assertEquals(List.of(2, 3, 4), calls);
        assertEquals(0.6, image.settings().strength());
    }

    private static float[] begin(StableDiffusion model, BufferedImage picture, double strength, String sampler) {
        List<float[]> seen = new ArrayList<>();
        Guide watch = (latents, moment) -> {
            seen.add(latents.toFloats());
            return latents;
        };
        StartImage start = new StartImage(picture, strength).withMask(InpaintingMask.of(RIGHT, false));
        ImageGenerator.of(model)
                .withGuide(watch)
                .generateFrom(start, request().withSteps(2).withSampler(sampler), Progress.NONE);
        return seen.get(0);
    }

    @Test
    void imagesDrawnTogetherAreTheSameButForRounding() {
        for (StableDiffusion model : List.of(plain, masked)) {
            List<List<Float>> latents = new ArrayList<>();
            for (int together : new int[] {1, 2}) {
                List<Float> values = new ArrayList<>();
                ImageGenerator.of(model)
                        .drawingTogether(together)
                        .generateFrom(
                                start(0.7, RIGHT, true), request().withImages(0, 3), (first, call, calls, step) -> {
                                    if (call == calls - 1) {
                                        for (float value : step.sample().toFloats()) {
                                            values.add(value);
                                        }
                                    }
                                });
                latents.add(values);
            }
            assertEquals(3 * 4 * 8 * 8, latents.get(0).size());
            for (int i = 0; i < latents.get(0).size(); i++) {
                assertEquals(latents.get(0).get(i), latents.get(1).get(i), 1e-3);
            }
        }
    }

    @Test
    void learnedWordsMoveWhatIsPaintedAnew() {
        try (Scope scope = Scope.open()) {
            Tensor rows = new Rng(1).normal(Purpose.TEXT, 0, 0, 2, 16);
            ImageRequest request = ImageRequest.of("a <pot>").withSteps(3).withSize(16, 16);
            for (StableDiffusion model : List.of(plain, masked)) {
                ImageGenerator learned =
                        ImageGenerator.of(model).withWords(Lexicon.empty().with("<pot>", rows));
                GeneratedImage image = learned.generateFrom(start(1, RIGHT, true), request, Progress.NONE)
                        .get(0);
                GeneratedImage without =
                        draw(model, start(1, RIGHT, true), request).get(0);
                assertFalse(Arrays.equals(samples(image), samples(without)));
                assertArrayEquals(
                        Raster.of(PICTURE).crop(0, 0, 8, 16).samples(),
                        Raster.of(image.image()).crop(0, 0, 8, 16).samples());
                assertEquals(1, image.settings().words().size());
            }
        }
    }

    @Test
    void aGuideSeesWhatAnInpaintingModelSees() {
        List<Double> seen = new ArrayList<>();
        Guide guide = (latents, moment) -> {
            LayerChoice layers = LayerChoice.at(Resolution.square(8));
            seen.add(moment.look(latents, layers)
                    .at(Resolution.square(8))
                    .of(2)
                    .mean()
                    .item());
            return latents;
        };
        ImageGenerator generator = ImageGenerator.of(masked).withGuide(guide);
        generator.generateFrom(start(1, RIGHT, false), request(), Progress.NONE);
        BufferedImage left = Pictures.mask(16, 16, 0, 8);
        generator.generateFrom(start(1, left, false), request(), Progress.NONE);
        assertNotEquals(seen.get(0), seen.get(seen.size() / 2), "another mask at the same latents");
    }

    @Test
    void theSettingsNamePictureAndMask() {
        StartImage start = new StartImage(Raster.of(PICTURE), "aa", 1, Optional.empty())
                .withMask(InpaintingMask.of(RIGHT, "bb", true));
        GeneratedImage image = draw(masked, start, request()).get(0);
        assertEquals(
                Optional.of(new StartSettings("aa", Optional.of("bb"), true)),
                image.settings().start());
        assertEquals(1, image.settings().strength());
        StartImage unnamed = start(1, RIGHT, false);
        assertEquals(64, unnamed.sha256().length());
        assertNotEquals(unnamed.sha256(), unnamed.settings().mask().orElseThrow(), "each is called by its own samples");
        GeneratedImage again = draw(masked, start, image.settings().toRequest()).get(0);
        assertArrayEquals(PngImages.toBytes(image), PngImages.toBytes(again));
    }

    @Test
    void mistakesAreTold() {
        assertMessage(
                "its U-Net reads 9 channels, latents, mask and masked picture; give it a picture and a mask",
                () -> ImageGenerator.of(masked).generate(request()));
        assertMessage("its U-Net reads 9 channels", () -> draw(masked, new StartImage(PICTURE, 0.5), request()));
        BufferedImage thin = Pictures.mask(16, 16, 9, 10); // between the first pixels of two blocks
        for (BufferedImage nothing : List.of(thin, Pictures.mask(16, 16, 0, 0))) {
            assertMessage(
                    "the mask leaves nothing to paint anew in 16x16 pixels: of every 2 x 2 pixels the first decides",
                    () -> draw(plain, start(1, nothing, true), request()));
        }
        BufferedImage clear = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
        clear.createGraphics().fillRect(0, 0, 16, 3);
        assertMessage("the mask is transparent at (0, 3)", () -> InpaintingMask.of(clear, true));
        assertMessage(
                "the start picture has 48x24 pixels, this model is trained for 16x16; choose a size to draw it in,"
                        + " such as 24x12 (--size)",
                () -> draw(plain, new StartImage(Pictures.colourful(48, 24), 0.5), ImageRequest.of("a cup")));
        for (double strength : new double[] {0, -0.1, 1.01, Double.NaN}) {
            assertMessage("strength must be in (0, 1], got " + strength, () -> start(strength, RIGHT, true));
        }
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable mistake) {
        String message = assertThrows(IllegalArgumentException.class, mistake).getMessage();
        assertTrue(String.valueOf(message).contains(expected), message);
    }

    private static List<GeneratedImage> draw(StableDiffusion model, StartImage start, ImageRequest request) {
        return ImageGenerator.of(model).generateFrom(start, request, Progress.NONE);
    }

    private static StartImage start(double strength, BufferedImage mask, boolean keep) {
        return new StartImage(PICTURE, strength).withMask(InpaintingMask.of(mask, keep));
    }

    private static ImageRequest request() {
        return ImageRequest.of("a photo of a red cup").withSteps(3).withSeed(1).withSize(16, 16);
    }

    private static byte[] samples(GeneratedImage image) {
        return Raster.of(image.image()).samples();
    }

    private static Path folder(String name) {
        try {
            return Path.of(Objects.requireNonNull(InpaintingTest.class.getResource("/goldens/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
