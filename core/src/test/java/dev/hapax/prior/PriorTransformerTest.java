package dev.hapax.prior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriorTransformerTest {
    private static final Rng RNG = new Rng(3);
    private static final Tensor MASK = Tensor.of(new float[] {1, 1, 1, 0, 0, 1, 1, 1, 1, 1}, 2, 5);

    @Test
    void everySizeComesFromTheConfiguration() {
        Map<String, Object> config = config();
        config.put("time_embed_dim", 7);
        config.put("embedding_proj_dim", 9);
        config.put("clip_embed_dim", 11);
        try (Scope scope = Scope.open()) {
            PriorTransformer prior = prior(config);
            Tensor out = prior.predict(
                    noise(1, 2, 10), time(5), new TextCondition(noise(2, 2, 9), noise(3, 2, 5, 10), MASK));
            assertArrayEquals(new long[] {2, 11}, out.shape());
            assertArrayEquals(
                    new int[] {10, 11, 5}, new int[] {prior.embeddingWidth(), prior.outWidth(), prior.tokens()});
        }
    }

    @Test
    void paddingIsNotSeenAndAMaskMakesAttentionCausal() {
        try (Scope scope = Scope.open()) {
            PriorTransformer prior = prior(config());
            Tensor states = noise(3, 2, 5, 10);
            Tensor otherPadding = Tensor.cat(List.of(states.narrow(1, 0, 3), noise(4, 2, 2, 10)), 1);
            Tensor out = predict(prior, states, MASK);
            Tensor other = predict(prior, otherPadding, MASK);
            assertEquals(0, distance(out.select(0, 0), other.select(0, 0)), 1e-6, "only the first prompt is padded");
            assertTrue(distance(out.select(0, 1), other.select(0, 1)) > 1e-4);
            Tensor all = Tensor.ones(DType.FLOAT32, 2, 5);
            assertTrue(distance(predict(prior, states, all), predict(prior, states, null)) > 1e-4);
        }
    }

    @Test
    void maskMayBeOfAnyType() {
        try (Scope scope = Scope.open()) {
            PriorTransformer prior = prior(config());
            Tensor states = noise(3, 2, 5, 10);
            Tensor expected = predict(prior, states, MASK);
            for (DType type : List.of(DType.UINT8, DType.INT64, DType.BOOL)) {
                assertEquals(0, distance(expected, predict(prior, states, MASK.to(type))), 0, type.toString());
            }
        }
    }

    @Test
    void oneTimestepStandsForAll() {
        try (Scope scope = Scope.open()) {
            PriorTransformer prior = prior(config());
            Tensor states = noise(3, 2, 5, 10);
            Tensor mixed = prior.predict(
                    noise(1, 2, 10),
                    Tensor.of(new long[] {40, 900}, 2),
                    new TextCondition(noise(2, 2, 10), states, MASK));
            Tensor same = predict(prior, states, MASK); // timestep 40
            assertEquals(0, distance(same.select(0, 0), mixed.select(0, 0)), 1e-6);
            assertTrue(distance(same.select(0, 1), mixed.select(0, 1)) > 1e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"norm_in_type, layer, norm_in.weight", "embedding_proj_norm_type, layer, embedding_proj_norm.weight"})
    void optionalNormsAreThereWhenConfigured(String key, String kind, String parameter) {
        try (Scope scope = Scope.open()) {
            Map<String, Object> config = config();
            Tensor plain = predict(prior(config), noise(3, 2, 5, 10), MASK);
            assertTrue(!names(config).contains(parameter));
            config.put(key, kind);
            assertTrue(names(config).contains(parameter));
            assertTrue(distance(plain, predict(prior(config), noise(3, 2, 5, 10), MASK)) > 1e-4);
        }
    }

    @Test
    void textStatesMayEnterWithoutAProjection() {
        Map<String, Object> config = config();
        config.put("encoder_hid_proj_type", null);
        try (Scope scope = Scope.open()) {
            assertTrue(!names(config).contains("encoder_hidden_states_proj.weight"));
            assertArrayEquals(
                    new long[] {2, 10},
                    predict(prior(config), noise(3, 2, 5, 6), MASK).shape());
        }
    }

    @Test
    void aSequenceIsDenoisedWithoutTextStatesAsInShapE() {
        Map<String, Object> config = config();
        config.put("additional_embeddings", 0);
        config.put("encoder_hid_proj_type", null);
        config.put("added_emb_type", null);
        config.put("norm_in_type", "layer");
        try (Scope scope = Scope.open()) {
            PriorTransformer prior = prior(config);
            Tensor out = prior.predict(noise(1, 2, 5, 10), time(3), new TextCondition(noise(2, 2, 10), null, null));
            assertArrayEquals(new long[] {2, 5, 10}, out.shape());
            var error = assertThrows(
                    IllegalArgumentException.class,
                    () -> prior.predict(noise(1, 2, 4, 10), time(3), new TextCondition(noise(2, 2, 10), null, null)));
            assertContains("learned 5 positions", error);
        }
    }

    @Test
    void tooFewPositionsBelongToTheNoisyEmbeddings() {
        Map<String, Object> map = config();
        map.put("additional_embeddings", 0);
        map.put("encoder_hid_proj_type", null);
        try (Scope scope = Scope.open()) {
            PriorConfig config = PriorConfig.of(Config.of(map));
            PriorSequence sequence = PriorSequence.of(config, Weights.of(new Initializer(5)));
            PriorSequence unplaced = new PriorSequence(
                    config,
                    sequence.timeEmbedding(),
                    sequence.noisyLayer(),
                    null,
                    sequence.textLayer(),
                    null,
                    sequence.positions().zerosLike(),
                    sequence.lastToken(),
                    null);
            TextCondition text = new TextCondition(noise(2, 2, 10), null, null);
            Tensor noisy = noise(1, 2, 5, 10);
            Tensor added = sequence.apply(noisy, time(3), text).minus(unplaced.apply(noisy, time(3), text));
            assertArrayEquals(new long[] {2, 8, 6}, added.shape()); // text, time, 5 noisy, last token
            assertEquals(0, distance(sequence.positions().expand(2, 5, 6), added.narrow(1, 2, 5)), 1e-6);
            assertEquals(0, added.narrow(1, 0, 2).abs().sum().item(), 1e-6);
            assertEquals(0, added.narrow(1, 7, 1).abs().sum().item(), 1e-6);
        }
    }

    @Test
    void everyParameterMattersToTheResult() {
        try (Scope scope = Scope.open()) {
            Weights weights = Weights.of(new Initializer(5));
            PriorTransformer prior = PriorTransformer.of(Config.of(config()), weights);
            List<String> names = List.copyOf(weights.used().keySet());
            List<Tensor> parameters = List.copyOf(weights.used().values());
            parameters.forEach(p -> p.requiresGrad(true));
            Tensor embedding = prior.toImageEmbedding(predict(prior, noise(3, 2, 5, 10), MASK));
            List<Tensor> gradients = Gradients.of(embedding.square().sum(), parameters);
            for (int i = 0; i < names.size(); i++) {
                boolean keyBias = names.get(i).endsWith("to_k.bias"); // adds the same to all scores of a query
                assertTrue(keyBias || gradients.get(i).abs().sum().item() > 0, names.get(i));
            }
        }
    }

    @Test
    void bfloat16StaysBfloat16AndNearFloat32() {
        try (Scope scope = Scope.open()) {
            PriorTransformer exact = prior(config());
            PriorTransformer rough =
                    PriorTransformer.of(Config.of(config()), Weights.of(new Rounded(new Initializer(5))));
            Tensor expected = predict(exact, noise(3, 2, 5, 10), MASK);
            Tensor actual = rough.predict(
                    noise(1, 2, 10).to(DType.BFLOAT16),
                    time(40),
                    new TextCondition(
                            noise(2, 2, 10).to(DType.BFLOAT16),
                            noise(3, 2, 5, 10).to(DType.BFLOAT16),
                            MASK));
            assertEquals(DType.BFLOAT16, actual.dtype());
            assertEquals(0, distance(expected, actual.to(DType.FLOAT32)), 0.05);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"norm_in_type", "embedding_proj_norm_type", "encoder_hid_proj_type", "added_emb_type"})
    void unknownKindsAreErrors(String key) {
        Map<String, Object> config = config();
        config.put(key, "other");
        var error = assertThrows(CheckpointException.class, () -> names(config));
        assertContains("\"" + key + "\" is \"other\"; supported", error);
    }

    @Test
    void wrongInputsAreErrors() {
        Map<String, Object> none = config();
        none.put("num_layers", 0);
        assertThrows(CheckpointException.class, () -> names(none));
        Map<String, Object> typo = config();
        typo.put("num_layer", 3);
        assertContains("unknown key \"num_layer\"", assertThrows(CheckpointException.class, () -> names(typo)));
        Map<String, Object> activation = config();
        activation.put("time_embed_act_fn", "mish");
        assertThrows(CheckpointException.class, () -> names(activation));
        try (Scope scope = Scope.open()) {
            PriorTransformer prior = prior(config());
            Tensor states = noise(3, 2, 5, 10);
            assertRefused("text states and was given none", () -> predict(prior, null, MASK));
            assertRefused("text states must be [2, 5, 10]", () -> predict(prior, noise(3, 2, 6, 10), MASK));
            assertRefused("mask must be [2, 5]", () -> predict(prior, states, MASK.narrow(0, 0, 1)));
            assertRefused(
                    "noisy embedding must be [2, 1, 10]",
                    () -> prior.predict(noise(1, 2, 9), time(1), new TextCondition(noise(2, 2, 10), states, MASK)));
            assertRefused(
                    "text embedding must be [2, 10]",
                    () -> prior.predict(noise(1, 2, 10), time(1), new TextCondition(noise(2, 1, 10), states, MASK)));
        }
    }

    /** Parameters of another source in bf16. */
    private record Rounded(Weights.Source source) implements Weights.Source {
        @Override
        public boolean has(String name) {
            return source.has(name);
        }

        @Override
        public Tensor get(String name, long... shape) {
            return source.get(name, shape).to(DType.BFLOAT16);
        }

        @Override
        public Set<String> names() {
            return source.names();
        }
    }

    private static void assertRefused(String message, Runnable call) {
        var error = assertThrows(IllegalArgumentException.class, call::run);
        assertContains(message, error);
    }

    private static void assertContains(String expected, Exception error) {
        String message = String.valueOf(error.getMessage());
        assertTrue(message.contains(expected), message);
    }

    private static Tensor predict(PriorTransformer prior, @Nullable Tensor states, @Nullable Tensor mask) {
        return prior.predict(noise(1, 2, 10), time(40), new TextCondition(noise(2, 2, 10), states, mask));
    }

    private static PriorTransformer prior(Map<String, Object> config) {
        return PriorTransformer.of(Config.of(config), Weights.of(new Initializer(5)));
    }

    private static Set<String> names(Map<String, Object> config) {
        try (Scope scope = Scope.open()) {
            Weights weights = Weights.of(new Initializer(5));
            PriorTransformer.of(Config.of(config), weights);
            return Set.copyOf(weights.used().keySet());
        }
    }

    private static Tensor noise(int sample, long... shape) {
        return RNG.normal(Purpose.INITIALISATION, 0, sample, shape);
    }

    private static Tensor time(long t) {
        return Tensor.of(new long[] {t}, 1);
    }

    private static double distance(Tensor a, Tensor b) {
        return Arrays.stream(a.minus(b).abs().toDoubles()).max().orElseThrow();
    }

    private static Map<String, Object> config() {
        return new HashMap<>(Map.of(
                "num_attention_heads", 3,
                "attention_head_dim", 2,
                "num_layers", 2,
                "embedding_dim", 10,
                "num_embeddings", 5));
    }
}
