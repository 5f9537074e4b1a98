package dev.hapax.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.attention.LayerChoice;
import dev.hapax.attention.Resolution;
import dev.hapax.schedule.Samplers;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.vision.Raster;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InpaintingTest extends InpaintingModels {
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
}
