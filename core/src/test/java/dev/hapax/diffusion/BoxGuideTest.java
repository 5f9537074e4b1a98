package dev.hapax.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.attention.LayerChoice;
import dev.hapax.attention.Resolution;
import dev.hapax.diffusion.BoxGuide.Settings;
import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.detect.Box;
import java.awt.image.BufferedImage;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BoxGuideTest {
    private static final String PROMPT = "a photo of a red cup";
    private static final List<WordBox> CUP = List.of(new WordBox("cup", new Box(0, 0, 0.5, 1)));

    private static StableDiffusion model;

    @BeforeAll
    static void open() throws URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(BoxGuideTest.class.getResource("/goldens/sd-tiny"))
                .toURI());
        model = StableDiffusion.open(folder, DType.FLOAT32, Device.CPU);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static BoxGuide guide(Settings settings) {
        BoxGuide usual = BoxGuide.of(model.unet(), model.text().tokens(PROMPT, List.of()), CUP);
        return new BoxGuide(usual.things(), usual.layers(), settings);
    }

    private static Settings settings(double scale, double threshold, int iterations, int calls) {
        return new Settings(new LayoutLoss(true), scale, threshold, iterations, calls);
    }

    /** What a guide makes of latents before one call of a run. */
    private static Tensor moved(String sampler, int call, Guide guide, Tensor latents) {
        Condition prompt = model.text().encode(PROMPT, List.of(), new ImageSize(16, 16));
        float[][] result = new float[1][];
        Guide spy = (x, moment) -> {
            if (moment.call() == call) {
                result[0] = guide.move(latents, moment).toFloats();
            }
            return x;
        };
        Denoiser denoiser = new Denoiser(
                model.unet(), DType.FLOAT32, Conditions.constant(prompt), Conditions.constant(prompt), 1, spy);
        try (Trajectory run = model.sampler(sampler).start(8)) {
            denoiser.run(run, 0, latents, () -> latents, 0, Progress.NONE);
        }
        return Tensor.of(result[0], latents.shape());
    }

    private static Tensor noise(int images) {
        return new Rng(4).normal(Purpose.LATENTS, 0, 0, images, 4, 8, 8);
    }

    @Test
    void theStepIsTheSameWhereNoiseIsAddedAndWhereItSharesTheVariance() {
        try (Scope scope = Scope.open();
                Trajectory euler = model.sampler("euler").start(8);
                Trajectory ddim = model.sampler("ddim").start(8)) {
            int call = 2;
            assertEquals(ddim.timestep(call), euler.timestep(call), 1e-6);
            double[] sigma = new double[1];
            Guide once = (x, moment) -> {
                sigma[0] = moment.noiseLevel();
                return guide(settings(24, 0, 1, 8)).move(x, moment);
            };
            moved("euler", call, once, noise(1)); // to learn sigma
            double level = sigma[0];
            double root = Math.hypot(1, level);
            Tensor exploding = moved("euler", call, once, noise(1).times(root));
            Tensor preserving = moved("ddim", call, once, noise(1));
            assertEquals(level / root, sigma[0], 1e-5); // sqrt(1 - a) = sigma / sqrt(1 + sigma^2)
            assertTrue(level > 1, "sigma " + level);
            float[] ours = exploding.over(root).minus(noise(1)).toFloats();
            float[] expected = preserving.minus(noise(1)).toFloats();
            double size = 0;
            for (float value : expected) {
                size = Math.max(size, Math.abs(value));
            }
            assertTrue(size > 1e-4, "a step of " + size);
            assertArrayEquals(expected, ours, (float) (2e-3 * size));
        }
    }

    @Test
    void theLossFallsAndStopsAtTheThreshold() {
        List<Double> losses = new ArrayList<>();
        for (int iterations : new int[] {0, 1, 5}) {
            Guide guide = (x, moment) -> {
                Guide own = iterations == 0 ? Guide.NONE : guide(settings(240, 0, iterations, 8));
                Tensor after = own.move(x, moment);
                BoxGuide measure = guide(Settings.CODE);
                losses.add(new LayoutLoss(true)
                        .of(moment.look(after, measure.layers()), measure.things())
                        .item());
                return after;
            };
            try (Scope scope = Scope.open()) {
                moved("ddim", 1, guide, noise(1));
            }
        }
        assertTrue(losses.get(1) < losses.get(0) - 1e-4 && losses.get(2) < losses.get(1) - 1e-4, losses::toString);
        double between = (losses.get(0) + losses.get(1)) / 2;
        try (Scope scope = Scope.open()) {
            float[] one =
                    moved("ddim", 1, guide(settings(240, 0, 1, 8)), noise(1)).toFloats();
            float[] stopped = moved("ddim", 1, guide(settings(240, between, 5, 8)), noise(1))
                    .toFloats();
            assertArrayEquals(one, stopped);
        }
    }

    @Test
    void anImageAloneMovesAsItDoesAmongOthers() {
        try (Scope scope = Scope.open()) {
            float[][] losses = new float[1][];
            Guide measure = (x, moment) -> {
                BoxGuide guide = guide(Settings.CODE);
                losses[0] = new LayoutLoss(true)
                        .of(moment.look(x, guide.layers()), guide.things())
                        .toFloats();
                return x;
            };
            moved("ddim", 1, measure, noise(2));
            int worse = losses[0][0] > losses[0][1] ? 0 : 1;
            Guide guide = guide(settings(24, (losses[0][0] + losses[0][1]) / 2, 1, 8)); // leaves the better one alone
            Tensor two = moved("ddim", 1, guide, noise(2));
            assertArrayEquals(
                    noise(2).select(0, 1 - worse).toFloats(),
                    two.select(0, 1 - worse).toFloats());
            float[] among =
                    two.select(0, worse).minus(noise(2).select(0, worse)).toFloats();
            float[] alone = moved("ddim", 1, guide, noise(2).narrow(0, worse, 1))
                    .minus(noise(2).narrow(0, worse, 1))
                    .toFloats();
            assertTrue(Math.abs(alone[0]) > 1e-5, "a step of " + alone[0]);
            assertArrayEquals(alone, among, 1e-5f);
        }
    }

    @Test
    void onlyTheFirstCallsAreGuided() {
        try (Scope scope = Scope.open()) {
            List<Integer> guided = new ArrayList<>();
            BoxGuide guide = guide(settings(30, 0, 1, 2));
            Guide watch = (x, moment) -> {
                Tensor after = guide.move(x, moment);
                if (after != x) {
                    guided.add(moment.call());
                } else {
                    assertSame(x, after);
                }
                return after;
            };
            ImageGenerator.of(model)
                    .withGuide(watch)
                    .generate(ImageRequest.of(PROMPT)
                            .withSteps(4)
                            .withSize(16, 16)
                            .withSampler("ddim"));
            assertEquals(List.of(0, 1), guided);
            guided.clear();
            BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
            ImageGenerator.of(model)
                    .withGuide(watch)
                    .generateFrom(
                            new StartImage(picture, 0.75),
                            ImageRequest.of(PROMPT)
                                    .withSteps(4)
                                    .withSize(16, 16)
                                    .withSampler("ddim"),
                            Progress.NONE);
            assertEquals(List.of(1, 2), guided, "the first that are made");
        }
    }

    @Test
    void theAuthorsLayersAreInTheMiddleAndTheFirstThatReadTextOnTheWayUp() {
        List<AttentionLayer> layers = new ArrayList<>();
        for (String block : List.of("down_blocks.2", "mid_block", "up_blocks.1", "up_blocks.1", "up_blocks.2")) {
            layers.add(new AttentionLayer(layers.size(), block + ".attentions.0.transformer_blocks.0.attn2", 4, 8));
        }
        LayerChoice choice = BoxGuide.middle(layers);
        assertEquals(
                List.of(1, 2, 3),
                layers.stream()
                        .filter(layer -> choice.includes(layer, Resolution.square(8)))
                        .map(AttentionLayer::index)
                        .toList());
    }

    @Test
    void theScaleFollowsTheSideOfTheLatents() {
        assertEquals(30, BoxGuide.scale(Settings.CODE, 64, 64), 1e-12);
        assertEquals(7.5, BoxGuide.scale(Settings.CODE, 16, 16), 1e-12);
        assertEquals(60, BoxGuide.scale(Settings.CODE, 256, 64), 1e-12);
        try (Scope scope = Scope.open()) {
            double[][] steps = new double[2][];
            for (int i = 0; i < 2; i++) {
                int side = i == 0 ? 4 : 8;
                steps[i] = new double[2];
                Tensor start = new Rng(4).normal(Purpose.LATENTS, 0, 0, 1, 4, side, side);
                double[] step = steps[i];
                Guide both = (x, moment) -> {
                    Tensor leaf = x.detach().requiresGrad(true);
                    BoxGuide guide = guide(settings(24, 0, 1, 8));
                    Tensor loss = new LayoutLoss(true).of(moment.look(leaf, guide.layers()), guide.things());
                    step[0] = Gradients.of(loss.sum(), List.of(leaf))
                            .get(0)
                            .times(24 * side / 64.0 * Math.pow(moment.noiseLevel(), 2))
                            .square()
                            .sum()
                            .item();
                    Tensor after = guide.move(x, moment);
                    step[1] = after.minus(x).square().sum().item();
                    return after;
                };
                moved("ddim", 1, both, start);
                assertTrue(step[0] > 1e-8, "a step of " + step[0]);
                assertEquals(step[0], step[1], 1e-3 * step[0]);
            }
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> settings(0, 0.2, 5, 10));
        assertThrows(IllegalArgumentException.class, () -> settings(30, -1, 5, 10));
        assertThrows(IllegalArgumentException.class, () -> settings(30, 0.2, 0, 10));
        assertThrows(IllegalArgumentException.class, () -> new BoxGuide(List.of(), LayerChoice.all(), Settings.CODE));
    }
}
