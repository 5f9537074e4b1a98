package dev.hapax.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.schedule.Samplers;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The plain loop over the whole sequence is the oracle of the one that remembers the text. */
class PriorPrefixTest {
    private static final Path MODEL = Path.of("src/test/resources/goldens/kandinsky-prior");
    private static final Rng RNG = new Rng(8);

    @Test
    void theReferencePriorDrawsAndDifferentiatesAlikeWithItsTextRemembered() {
        Path root = Files.exists(MODEL) ? MODEL : Path.of("core").resolve(MODEL);
        try (Scope scope = Scope.open();
                ModelFolder folder = ModelFolder.open(root)) {
            PriorTransformer prior =
                    PriorTransformer.of(folder.config("prior"), folder.weights("prior", DType.FLOAT32));
            assertAlike(new PriorSampler(prior, Samplers.of(folder.config("scheduler")), 5, 4), 9, 14);
        }
    }

    @Test
    void soDoesAPriorWithNormsAndWithoutAProjectionOfItsStates() {
        Map<String, Object> config = config(4);
        config.put("norm_in_type", "layer");
        config.put("embedding_proj_norm_type", "layer");
        config.put("encoder_hid_proj_type", null);
        config.put("num_attention_heads", 2); // as wide as the states
        config.put("attention_head_dim", 5);
        Config scheduler = Config.of(
                Map.of("_class_name", "UnCLIPScheduler", "prediction_type", "sample", "clip_sample_range", 5.0));
        try (Scope scope = Scope.open()) {
            assertAlike(new PriorSampler(prior(config), Samplers.of(scheduler), 4, 3), 2, 7);
            assertAlike(new PriorSampler(prior(config), Samplers.of(scheduler), 2, 1), 7, 7);
        }
    }

    /** Two prompts of these lengths against an empty one of two tokens. */
    private static void assertAlike(PriorSampler sampler, int first, int second) {
        PriorTransformer prior = sampler.prior();
        long width = prior.embeddingWidth();
        Tensor states = noise(1, 2, prior.tokens(), width).requiresGrad(true);
        Tensor pooled = noise(2, 2, width).requiresGrad(true);
        Tensor start = noise(3, 2, width).requiresGrad(true);
        TextCondition prompts = new TextCondition(pooled, states, mask(prior.tokens(), first, second));
        TextCondition empty =
                new TextCondition(noise(4, 1, width), noise(5, 1, prior.tokens(), width), mask(prior.tokens(), 2));
        Tensor plain = sampler.sample(prompts, empty.and(empty), start, draws(width));
        Tensor remembered = sampler.sample(prior.prefix(prompts), prior.prefix(empty), start, draws(width));
        assertEquals(0, distance(plain, remembered), 1e-5 * size(plain), "embeddings");
        Tensor cotangent = noise(6, 2, prior.outWidth());
        List<Tensor> inputs = List.of(states, pooled, start);
        List<Tensor> expected = Gradients.of(plain.times(cotangent).sum(), inputs);
        List<Tensor> actual = Gradients.of(remembered.times(cotangent).sum(), inputs);
        for (int i = 0; i < inputs.size(); i++) {
            double reached = i == 2 ? 0 : 1e-6; // the first noise hardly tells in a prior that was never trained
            assertTrue(largest(expected.get(i)) > reached, "gradient of input " + i + ": " + largest(expected.get(i)));
            assertEquals(
                    0,
                    distance(expected.get(i), actual.get(i)),
                    1e-5 * largest(expected.get(i)) + 1e-7,
                    "gradient " + i);
        }
    }

    @Test
    void aPriorWithoutATimestepReadsNone() {
        try (Scope scope = Scope.open()) {
            Weights weights = Weights.of(new Initializer(5));
            PriorTransformer prior = PriorTransformer.of(Config.of(config(3)), weights);
            assertTrue(weights.used().keySet().stream().noneMatch(name -> name.startsWith("time_embedding")));
            TextCondition text = new TextCondition(noise(2, 1, 10), noise(1, 1, 7, 10), mask(7, 4));
            Tensor noisy = noise(3, 1, 10);
            Tensor early = prior.predict(noisy, Tensor.scalar(1), prior.prefix(text));
            assertEquals(0, distance(early, prior.predict(noisy, Tensor.scalar(900), prior.prefix(text))), 0);
            assertEquals(0, distance(early, prior.predict(noisy, Tensor.scalar(1), text)), 1e-5);
        }
    }

    @Test
    void paddingTakesNoTokens() {
        try (Scope scope = Scope.open()) {
            PriorTransformer prior = prior(config(4));
            TextCondition text = new TextCondition(noise(2, 1, 10), noise(1, 1, 7, 10), mask(7, 4));
            PriorPrefix prefix = prior.prefix(text);
            assertEquals(5, prefix.tokens(), "four states and the pooled embedding");
            assertArrayEquals(
                    new long[] {3, 3, 5, 2},
                    prefix.expand(3).layers().get(0).keys().shape());
            assertThrows(
                    IllegalArgumentException.class, () -> prefix.and(prefix).expand(3));
        }
    }

    @Test
    void aTextThatSeesWhatIsDrawnCannotBeKept() {
        try (Scope scope = Scope.open()) {
            PriorTransformer prior = prior(config(4));
            TextCondition open = new TextCondition(noise(2, 1, 10), noise(1, 1, 7, 10), null);
            var error = assertThrows(IllegalArgumentException.class, () -> prior.prefix(open));
            assertTrue(String.valueOf(error.getMessage()).contains("give the prompts' mask"));
            TextCondition bare = new TextCondition(noise(2, 1, 10), null, mask(7, 4));
            assertThrows(IllegalArgumentException.class, () -> prior.prefix(bare));
        }
    }

    private static Supplier<Tensor> draws(long width) {
        AtomicInteger draw = new AtomicInteger(10);
        return () -> noise(draw.incrementAndGet(), 2, width);
    }

    private static Tensor mask(int tokens, int... lengths) {
        float[] mask = new float[lengths.length * tokens];
        for (int b = 0; b < lengths.length; b++) {
            Arrays.fill(mask, b * tokens, b * tokens + lengths[b], 1);
        }
        return Tensor.of(mask, lengths.length, tokens);
    }

    private static PriorTransformer prior(Map<String, Object> config) {
        return PriorTransformer.of(Config.of(config), Weights.of(new Initializer(5)));
    }

    private static Map<String, Object> config(int added) {
        return new HashMap<>(Map.of(
                "num_attention_heads", 3,
                "attention_head_dim", 2,
                "num_layers", 2,
                "embedding_dim", 10,
                "num_embeddings", 7,
                "additional_embeddings", added));
    }

    private static Tensor noise(int sample, long... shape) {
        return RNG.normal(Purpose.PRIOR, 0, sample, shape);
    }

    private static double size(Tensor x) {
        return Math.max(1, largest(x));
    }

    private static double largest(Tensor x) {
        return Arrays.stream(x.abs().toDoubles()).max().orElseThrow();
    }

    private static double distance(Tensor a, Tensor b) {
        return Arrays.stream(a.minus(b).abs().toDoubles()).max().orElseThrow();
    }
}
