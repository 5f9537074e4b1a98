package dev.hapax.picturebook.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.learning.AdamW;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.detect.Detr;
import dev.hapax.vision.detect.DetrLoss;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorRecipeTest {
    private static final int NOTHING = TaughtClip.NOTHING;

    @Test
    void theLabelsAreTheKindsInTheirOrder() {
        assertEquals(Stream.of(Kind.values()).map(Kind::word).toList(), Detr.labels(DetectorRecipe.config()));
    }

    @Test
    void aCellWithoutAThingCountsAQuarter() {
        try (Scope scope = Scope.open()) {
            float[] logits = new float[2 * (NOTHING + 1)]; // even over kinds and nothing, but for:
            logits[0] = 60; // the first cell is sure of kind 0
            Tensor cells = Tensor.of(logits, 1, 2, NOTHING + 1);
            double even = Math.log(NOTHING + 1.0);
            assertEquals(0.2 * even, loss(cells, 0, NOTHING), 1e-5);
            assertEquals(0.5 * even, loss(cells, 0, 3), 1e-5);
            assertEquals(0.8 * 60 + 0.2 * even, loss(cells, 1, NOTHING), 1e-4);
        }
    }

    private static double loss(Tensor cells, long... kinds) {
        return DetectorRecipe.cellLoss(cells, kinds).item();
    }

    @Test
    void aFewStepsLowerTheLoss(@TempDir Path folder) throws Exception {
        Config config = TinyModel.detector();
        DetectorRecipe recipe = new DetectorRecipe(32, new Rng(1), DetrLoss.of(config));
        Plan plan = new Plan("detector", 40, 8, 5e-3, 5, 5, 1, 0.9, AdamW.Settings.DEFAULT, DType.BFLOAT16, 1);
        Fit<TaughtDetr> fit =
                new Fit<>(plan, new DetrInitializer(1), weights -> TaughtDetr.of(config, weights), folder);
        double before = evaluate(recipe, fit, config);
        fit.run(recipe, new Journal(folder.resolve("log"), System.err));
        double after = evaluate(recipe, fit, config);
        assertTrue(after < 0.95 * before, before + " to " + after);
        for (String name : TaughtDetr.saved(fit.result()).keySet()) {
            assertTrue(!name.startsWith("cell_kinds"), name);
        }
    }

    private static double evaluate(DetectorRecipe recipe, Fit<TaughtDetr> fit, Config config) {
        try (Scope scope = Scope.open();
                Gradients.Region off = Gradients.off()) {
            TaughtDetr taught = TaughtDetr.of(config, Weights.of(new Parameters.Given(fit.result())));
            return recipe.of(taught, 1_000, 0, 32).item();
        }
    }

    @Test
    void theStatisticsAreNotTrainedButSaved() {
        Config config = TinyModel.detector();
        Weights trained = Weights.of(new DetrInitializer(1));
        TaughtDetr.of(config, trained);
        assertTrue(trained.used().keySet().stream().noneMatch(name -> name.contains("running")));
        Weights saved = Weights.of(new Parameters.Given(TaughtDetr.saved(trained.used())));
        Detr.of(config, saved);
        assertEquals(0, saved.unused().size(), () -> saved.unused().toString());
        saved.used().forEach((name, tensor) -> {
            if (name.contains("running")) {
                float expected = name.endsWith("var") ? 1 : 0;
                for (float value : tensor.toFloats()) {
                    assertEquals(expected, value, name);
                }
            }
        });
    }

    @Test
    void freshParametersHaveTheSpreadOfTheirPapers() {
        DetrInitializer fresh = new DetrInitializer(1);
        try (Scope scope = Scope.open()) {
            assertEquals(1, deviation(fresh.get("model.query_position_embeddings.weight", 40, 50)), 0.05);
            String block = "model.backbone.conv_encoder.model.encoder.stages.0.layers.0.";
            assertEquals( // He et al.: variance 2 / fan-in
                    Math.sqrt(2 / 180.0),
                    deviation(fresh.get(block + "layer.1.convolution.weight", 30, 20, 3, 3)),
                    0.003);
            assertEquals( // Glorot and Bengio: variance 2 / (in + out)
                    Math.sqrt(2 / 80.0), deviation(fresh.get("model.encoder.layers.0.fc1.weight", 60, 20)), 0.01);
            assertEquals(
                    0,
                    fresh.get(block + "layer.2.normalization.weight", 8).sum().item());
            assertEquals(
                    8,
                    fresh.get(block + "layer.1.normalization.weight", 8).sum().item());
        }
    }

    private static double deviation(Tensor tensor) {
        float[] values = tensor.toFloats();
        double squares = 0;
        for (float value : values) {
            squares += value * value;
        }
        return Math.sqrt(squares / Arrays.stream(tensor.shape()).reduce(1, (a, b) -> a * b));
    }
}
