package dev.hapax.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.attention.LayerChoice;
import dev.hapax.attention.Resolution;
import dev.hapax.attention.TextContext;
import dev.hapax.schedule.Samplers;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.unet.AddedConditions;
import dev.hapax.vision.Raster;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ImageGeneratorTest {
    private static StableDiffusion model;

    @BeforeAll
    static void open() {
        model = StableDiffusion.open(folder("sd-tiny"), DType.FLOAT32, Device.CPU);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void anImageDependsOnItsSeedAndIndexAlone() {
        ImageRequest request = request().withSampler("euler-ancestral");
        ImageGenerator generator = ImageGenerator.of(model);
        List<GeneratedImage> three = generator.generate(request.withImages(0, 3));
        assertEquals(3, three.size());
        assertNotEquals(List.of(pixels(three.get(0))), List.of(pixels(three.get(1))));
        for (int k = 0; k < 3; k++) {
            GeneratedImage again = generator.generate(request.withImages(k, 1)).get(0);
            assertArrayEquals(PngImages.toBytes(three.get(k)), PngImages.toBytes(again));
        }
        GeneratedImage other = generator.generate(request.withSeed(2)).get(0);
        assertFalse(pixels(other).equals(pixels(three.get(0))));
    }

    @Test
    void imagesDrawnTogetherAreTheSameButForRounding() {
        List<List<Float>> latents = new ArrayList<>();
        for (int together : new int[] {1, 2}) {
            List<Float> values = new ArrayList<>();
            ImageGenerator.of(model)
                    .drawingTogether(together)
                    .generate(request().withImages(0, 3), (first, call, calls, step) -> {
                        if (call == calls - 1) {
                            for (float value : step.sample().toFloats()) {
                                values.add(value);
                            }
                        }
                    });
            latents.add(values);
        }
        assertEquals(latents.get(0).size(), latents.get(1).size());
        for (int i = 0; i < latents.get(0).size(); i++) {
            assertEquals(latents.get(0).get(i), latents.get(1).get(i), 1e-3);
        }
    }

    @Test
    void theSettingsDrawTheImageAgain() {
        GeneratedImage image = ImageGenerator.of(model)
                .generate(
                        request().withNegativePrompt("blurry").withImages(1, 1).withSampler("unipc"))
                .get(0);
        assertEquals(model.hash(), image.settings().modelHash());
        assertEquals("sd-tiny", image.settings().model());
        assertEquals(1, image.settings().index());
        GeneratedImage again =
                ImageGenerator.of(model).generate(image.settings().toRequest()).get(0);
        assertArrayEquals(PngImages.toBytes(image), PngImages.toBytes(again));
    }

    @Test
    void everySamplerDraws() {
        for (String name : Samplers.names()) {
            GeneratedImage image = ImageGenerator.of(model)
                    .generate(request().withSampler(name))
                    .get(0);
            assertEquals(name, image.settings().sampler());
        }
        List<Integer> calls = new ArrayList<>();
        ImageGenerator.of(model).generate(request(), (first, call, n, step) -> calls.add(call));
        assertEquals(List.of(0, 1, 2, 3), calls); // the model's own: PNDM repeats its second timestep
    }

    @Test
    void aLearnedWordMovesTheImageAndIsNamedByItsVectors() {
        try (Scope scope = Scope.open()) {
            Tensor rows = new Rng(1).normal(Purpose.TEXT, 0, 0, 2, 16);
            ImageGenerator plain = ImageGenerator.of(model);
            ImageGenerator learned = plain.withWords(Lexicon.empty().with("<pot>", rows));
            ImageRequest request = ImageRequest.of("a <pot>").withSteps(3).withSize(16, 16);
            GeneratedImage image = learned.generate(request).get(0);
            assertFalse(pixels(image).equals(pixels(plain.generate(request).get(0))));
            String hash = image.settings().words().get("<pot>");
            assertEquals(64, Objects.requireNonNull(hash).length());
            ImageGenerator other = plain.withWords(Lexicon.empty().with("<pot>", rows.plus(1)));
            assertNotEquals(
                    hash, other.generate(request).get(0).settings().words().get("<pot>"));
            assertTrue(learned.generate(request()).get(0).settings().words().isEmpty());
        }
    }

    @Test
    void withoutGuidanceTheNegativePromptDoesNotCount() {
        ImageGenerator generator = ImageGenerator.of(model);
        ImageRequest request = request().withGuidance(1);
        assertEquals(
                pixels(generator.generate(request).get(0)),
                pixels(generator.generate(request.withNegativePrompt("blurry")).get(0)));
        assertEquals(
                pixels(generator.generate(request).get(0)),
                pixels(generator.generate(request.withGuidance(0)).get(0)));
        assertNotEquals(
                pixels(generator.generate(request()).get(0)),
                pixels(generator
                        .generate(request().withNegativePrompt("blurry"))
                        .get(0)));
    }

    @Test
    void aGuideLowersItsPenalty() {
        Resolution whole = Resolution.square(8);
        AttentionGuide.Penalty penalty =
                maps -> maps.at(whole).of(2).narrow(2, 0, 4).mean().negative(); // the word belongs to the left
        List<Double> seen = new ArrayList<>();
        for (double rate : new double[] {0, 2000}) {
            double[] last = new double[1];
            Guide guide = (latents, moment) -> {
                Tensor moved =
                        new AttentionGuide(LayerChoice.at(whole), penalty, done -> rate, 0.6).move(latents, moment);
                last[0] = penalty.of(moment.look(moved, LayerChoice.at(whole))).item();
                return moved;
            };
            ImageGenerator.of(model).withGuide(guide).generate(request());
            seen.add(last[0]);
        }
        assertTrue(seen.get(1) < seen.get(0) - 1e-4, "penalty " + seen);
    }

    @Test
    void conditionsMayChangeWithTheTimestep() {
        try (Scope scope = Scope.open()) {
            ImageSize size = new ImageSize(16, 16);
            Condition cup = model.text().encode("a red cup", List.of(), size);
            Condition table = model.text().encode("a table", List.of(), size);
            float[] constant = latents(Conditions.constant(cup), cup);
            assertArrayEquals(constant, latents(timestep -> cup, cup));
            float[] changing = latents(timestep -> timestep > 500 ? cup : table, cup);
            assertFalse(java.util.Arrays.equals(constant, changing));
            TextContext perLayer =
                    layer -> layer < 2 ? cup.text().at(layer) : table.text().at(layer);
            float[] mixed = latents(Conditions.constant(new Condition(perLayer, AddedConditions.NONE)), cup);
            assertFalse(java.util.Arrays.equals(constant, mixed));
        }
    }

    private static float[] latents(Conditions prompt, Condition negative) {
        Denoiser denoiser =
                new Denoiser(model.unet(), DType.FLOAT32, prompt, Conditions.constant(negative), 3, Guide.NONE);
        Tensor start = new Rng(4).normal(Purpose.LATENTS, 0, 0, 1, 4, 8, 8);
        try (var run = model.sampler("ddim").start(4)) {
            return denoiser.run(run, 0, start, () -> start, 0, Progress.NONE).toFloats();
        }
    }

    @Test
    void variationsBeginAtThePicture() {
        GeneratedImage start = ImageGenerator.of(model).generate(request()).get(0);
        List<Integer> calls = new ArrayList<>();
        ImageRequest request = request().withSteps(10).withSampler("ddim");
        GeneratedImage near = ImageGenerator.of(model)
                .generateFrom(new StartImage(start.image(), 0.3), request, (first, call, n, step) -> calls.add(call))
                .get(0);
        assertEquals(List.of(7, 8, 9), calls);
        assertEquals(0.3, near.settings().strength());
        assertEquals(new ImageSize(16, 16), near.settings().size());
        assertEquals(
                Optional.of(new StartSettings(PictureHash.of(Raster.of(start.image())), Optional.empty(), false)),
                near.settings().start());
        var e = assertThrows(IllegalArgumentException.class, () -> new StartImage(start.image(), 0));
        assertMessage(e, "strength must be in (0, 1], got 0.0");
    }

    @Test
    void anotherShapeOfImageIsDrawn() {
        GeneratedImage image =
                ImageGenerator.of(model).generate(request().withSize(24, 16)).get(0);
        assertEquals(24, image.image().getWidth());
        assertEquals(16, image.image().getHeight());
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> ImageGenerator.of(model).generate(request().withSize(25, 16)));
        assertMessage(e, "multiples of 2");
    }

    @Test
    void anXlModelHasTwoEncodersAndWords() {
        try (Scope scope = Scope.open();
                StableDiffusion xl = StableDiffusion.open(folder("sdxl"), DType.FLOAT32, Device.CPU)) {
            Rng rng = new Rng(1);
            Lexicon one = Lexicon.empty().with("<pot>", rng.normal(Purpose.TEXT, 0, 0, 1, 32));
            Lexicon two = Lexicon.empty().with("<pot>", rng.normal(Purpose.TEXT, 0, 1, 1, 24));
            ImageGenerator generator = ImageGenerator.of(xl).withWords(one, two);
            GeneratedImage image =
                    generator.generate(ImageRequest.of("a <pot>").withSteps(2)).get(0);
            assertEquals(xl.nativeSize(), image.settings().size());
            assertEquals(1, image.settings().words().size());
            assertThrows(IllegalArgumentException.class, () -> generator.withWords(one));
            ImageSize size = xl.nativeSize();
            Condition none = xl.text().encodeNegative("", List.of(), size);
            assertEquals(0, none.text().at(0).abs().sum().item());
            assertNotEquals(
                    0,
                    xl.text()
                            .encode("", List.of(), size)
                            .text()
                            .at(0)
                            .abs()
                            .sum()
                            .item());
        }
    }

    @Test
    void sixteenBitModelsDecodeInFp32() {
        try (StableDiffusion half = StableDiffusion.open(folder("sd-tiny"), DType.BFLOAT16, Device.CPU)) {
            assertEquals(DType.FLOAT32, half.vaeDtype());
            GeneratedImage image = ImageGenerator.of(half).generate(request()).get(0);
            assertEquals(16, image.image().getWidth());
        }
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> StableDiffusion.open(folder("sd-tiny"), DType.FLOAT16, Device.CPU));
        assertMessage(e, "got FLOAT16 on cpu, take FLOAT32 or BFLOAT16");
    }

    private static ImageRequest request() {
        return ImageRequest.of("a photo of a red cup").withSteps(3).withSeed(1).withSize(16, 16);
    }

    private static List<Integer> pixels(GeneratedImage generated) {
        List<Integer> colours = new ArrayList<>();
        var image = generated.image();
        for (int colour : image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())) {
            colours.add(colour);
        }
        return colours;
    }

    private static Path folder(String name) {
        try {
            return Path.of(Objects.requireNonNull(ImageGeneratorTest.class.getResource("/goldens/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertMessage(Exception e, String part) {
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains(part), message);
    }
}
