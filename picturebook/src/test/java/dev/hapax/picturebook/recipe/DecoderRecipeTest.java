package dev.hapax.picturebook.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.learning.AdamW;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vae.Vae;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecoderRecipeTest {
    private static final int SIZE = 64;
    private static final int SCENES = 2;

    @Test
    void theDecoderLearnsAndNothingElseMoves(@TempDir Path folder) throws Exception {
        Journal journal =
                new Journal(folder.resolve("training.jsonl"), new PrintStream(OutputStream.nullOutputStream()));
        Config config = VaeRecipe.config(1);
        Plan plan = new Plan("decoder", 30, 2, 2e-3, 5, 10, 1, 0.8, AdamW.Settings.DEFAULT, DType.BFLOAT16, 1);
        try (SceneCache cache = new SceneCache(folder.resolve("scenes.rgb"), SIZE);
                Scope scope = Scope.open()) {
            cache.fill(SCENES, journal);
            Weights fresh = Weights.of(new Initializer(3));
            Vae.of(config, fresh);
            Map<String, Tensor> before = fresh.used();
            Fit<Vae> fit = new Fit<>(
                    plan,
                    new Parameters.Given(before),
                    weights -> DecoderRecipe.tuned(config, before, weights),
                    folder);
            DecoderRecipe recipe = new DecoderRecipe(new Pixels(cache, SCENES, new Rng(4)), vae(config, before));
            double first = loss(recipe, vae(config, before));
            fit.run(recipe, journal);

            Set<String> decoder = new TreeSet<>(before.keySet());
            decoder.removeIf(name -> !name.startsWith("decoder.") && !name.startsWith("post_quant_conv."));
            assertEquals(decoder, new TreeSet<>(fit.result().keySet()), "what is trained");
            Map<String, Tensor> after = new HashMap<>(before);
            after.putAll(fit.result());
            double last = loss(recipe, vae(config, after));
            assertTrue(last < 0.8 * first, first + " to " + last);
            assertArrayEquals(
                    latents(vae(config, before), cache), latents(vae(config, after), cache), 0, "the latents");
        }
    }

    private static Vae vae(Config config, Map<String, Tensor> parameters) {
        Map<String, Tensor> halves = new HashMap<>();
        parameters.forEach((name, tensor) -> halves.put(name, tensor.to(DType.BFLOAT16)));
        return Vae.of(config, Weights.of(new Parameters.Given(halves)));
    }

    private static double loss(DecoderRecipe recipe, Vae vae) {
        try (Gradients.Region off = Gradients.off()) {
            return Scope.run(() -> recipe.of(vae, 0, 0, 2)).item();
        }
    }

    private static float[] latents(Vae vae, SceneCache cache) {
        try (Gradients.Region off = Gradients.off()) {
            return Scope.run(() -> vae.encode(cache.images(0, 1, DType.BFLOAT16))
                            .mean()
                            .to(DType.FLOAT32))
                    .toFloats();
        }
    }
}
