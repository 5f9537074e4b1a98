package dev.hapax.picturebook.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.learning.AdamW;
import dev.hapax.nn.Initializer;
import dev.hapax.picturebook.check.AttributeReader;
import dev.hapax.picturebook.check.ReaderHeads;
import dev.hapax.picturebook.world.Box;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.render.Renderer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaderRecipeTest {
    private static final int SIDE = 8;
    private static final double SURE = 40;

    @Test
    void thePerfectHeadsHaveNoLossAndEachOtherHasSome() {
        try (Scope scope = Scope.open()) {
            ReaderTargets targets = targets(4);
            ReaderHeads perfect = new ReaderHeads(
                    targets.middles().minus(0.5).times(SURE),
                    targets.colors().times(SURE / 0.2),
                    targets.patterns().times(SURE / 0.2),
                    targets.boxes(),
                    targets.styles().times(SURE),
                    targets.backgrounds().times(SURE));
            assertEquals(0, loss(perfect, targets), 1e-5);
            UnaryOperator<Tensor> wrong = x -> x.negative();
            UnaryOperator<Tensor> same = x -> x;
            for (int head = 0; head < 6; head++) {
                int changed = head;
                double loss = loss(change(perfect, i -> i == changed ? wrong : same), targets);
                assertTrue(loss > 0.1, "head " + head + " turned round costs " + loss);
            }
        }
    }

    @Test
    @SuppressWarnings("EnumOrdinal") // the order of AttributeReader.labels()
    void everyThingHasOneMiddleAndItsBoxLeadsBackToIt() {
        try (Scope scope = Scope.open()) {
            for (long seed = 0; seed < 40; seed++) {
                Scene scene = new SceneSampler().sample(seed);
                List<Box> boxes = new Renderer().render(scene, 64).boxes();
                ReaderTargets targets = new ReaderTargets(List.of(scene), List.of(boxes), SIDE);
                float[] middles = targets.middles().toFloats();
                float[] entries = targets.boxes().toFloats();
                for (int thing = 0; thing < boxes.size(); thing++) {
                    int kind = scene.things().get(thing).kind().ordinal();
                    int cell = 0;
                    while (middles[kind * SIDE * SIDE + cell] == 0) {
                        cell++;
                    }
                    Box box = boxes.get(thing);
                    int row = cell / SIDE;
                    assertEquals(box.centerX(), (cell % SIDE + 0.5 + entries[cell]) / SIDE, 1e-6);
                    assertEquals(box.centerY(), (row + 0.5 + entries[SIDE * SIDE + cell]) / SIDE, 1e-6);
                    assertEquals(box.width(), entries[2 * SIDE * SIDE + cell], 1e-6);
                    assertEquals(box.height(), entries[3 * SIDE * SIDE + cell], 1e-6);
                }
                assertEquals(boxes.size(), targets.middles().sum().item());
                assertEquals(1, targets.kinds().max(false, 0, 1, 2, 3).item());
            }
        }
    }

    @Test
    void softeningIsSlightAndRepeatable() {
        try (Scope scope = Scope.open()) {
            Softening softening = new Softening(new Rng(4));
            Tensor images = new Rng(5).normal(Purpose.NOISE, 0, 0, 6, 3, 32, 32).clamp(-0.8, 0.8);
            Tensor soft = softening.apply(images, 3, 0);
            assertArrayEquals(images.shape(), soft.shape());
            assertArrayEquals(soft.toFloats(), softening.apply(images, 3, 0).toFloats());
            assertTrue(soft.minus(softening.apply(images, 4, 0))
                            .abs()
                            .max(false, 0, 1, 2, 3)
                            .item()
                    > 0.01);
            Tensor drift = soft.minus(images).mean(false, 1, 2, 3).abs();
            assertTrue(
                    drift.max(false, 0).item() < 0.1,
                    "brightness moves by " + drift.max(false, 0).item());
        }
    }

    @Test
    void aFewStepsLowerTheLoss(@TempDir Path folder) throws Exception {
        try (Scope scope = Scope.open()) {
            ReaderRecipe recipe = new ReaderRecipe(32, new Rng(1));
            Plan plan = new Plan("reader", 40, 8, 5e-3, 5, 5, 1, 0.9, AdamW.Settings.DEFAULT, DType.BFLOAT16, 1);
            var config = TinyModel.reader();
            Fit<AttributeReader> fit =
                    new Fit<>(plan, new Initializer(1), weights -> AttributeReader.of(config, weights), folder);
            double before = evaluate(recipe, fit, config);
            fit.run(recipe, new Journal(folder.resolve("log"), System.err));
            double after = evaluate(recipe, fit, config);
            assertTrue(after < 0.9 * before, before + " to " + after);
        }
    }

    private static double evaluate(ReaderRecipe recipe, Fit<AttributeReader> fit, Config config) {
        try (Scope scope = Scope.open();
                var off = Gradients.off()) {
            AttributeReader reader = AttributeReader.of(config, Weights.of(new Parameters.Given(bf16(fit.result()))));
            return recipe.of(reader, 1_000, 0, 32).item();
        }
    }

    private static Map<String, Tensor> bf16(Map<String, Tensor> parameters) {
        Map<String, Tensor> converted = new HashMap<>();
        parameters.forEach((name, tensor) -> converted.put(name, tensor.to(DType.BFLOAT16)));
        return converted;
    }

    private static double loss(ReaderHeads heads, ReaderTargets targets) {
        return ReaderRecipe.loss(heads, targets).item();
    }

    private static ReaderHeads change(ReaderHeads heads, IntFunction<UnaryOperator<Tensor>> change) {
        return new ReaderHeads(
                change.apply(0).apply(heads.kinds()),
                change.apply(1).apply(heads.colors()),
                change.apply(2).apply(heads.patterns()),
                change.apply(3).apply(heads.boxes()),
                change.apply(4).apply(heads.styles()),
                change.apply(5).apply(heads.backgrounds()));
    }

    private static ReaderTargets targets(int count) {
        List<Scene> scenes =
                LongStream.range(0, count).mapToObj(new SceneSampler()::sample).toList();
        List<List<Box>> boxes = new ArrayList<>();
        scenes.forEach(scene -> boxes.add(new Renderer().render(scene, 64).boxes()));
        return new ReaderTargets(scenes, boxes, SIDE);
    }
}
