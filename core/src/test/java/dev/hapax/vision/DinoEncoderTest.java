package dev.hapax.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DinoEncoderTest {
    private static final Map<String, Object> COMMON = Map.of(
            "hidden_size", 8,
            "num_hidden_layers", 1,
            "num_attention_heads", 2,
            "image_size", 9,
            "patch_size", 3);
    private static final Config VIT = config(Map.of("model_type", "vit", "intermediate_size", 10));
    private static final Config SWIGLU = config(
            Map.of("model_type", "dinov2", "mlp_ratio", 3.25, "use_swiglu_ffn", true)); // 26 units, two thirds: 17

    /** Original name, transformers' name. Queries, keys and values are joined. */
    private static final Map<String, String> COMMON_NAMES = Map.of(
            "cls_token", "embeddings.cls_token",
            "pos_embed", "embeddings.position_embeddings",
            "patch_embed.proj.weight", "embeddings.patch_embeddings.projection.weight",
            "patch_embed.proj.bias", "embeddings.patch_embeddings.projection.bias",
            "blocks.0.attn.proj.weight", "encoder.layer.0.attention.output.dense.weight",
            "blocks.0.attn.proj.bias", "encoder.layer.0.attention.output.dense.bias",
            "norm.weight", "layernorm.weight",
            "norm.bias", "layernorm.bias");

    private static final Map<String, String> VIT_NAMES = Map.of(
            "blocks.0.norm1.weight", "encoder.layer.0.layernorm_before.weight",
            "blocks.0.norm1.bias", "encoder.layer.0.layernorm_before.bias",
            "blocks.0.norm2.weight", "encoder.layer.0.layernorm_after.weight",
            "blocks.0.norm2.bias", "encoder.layer.0.layernorm_after.bias",
            "blocks.0.mlp.fc1.weight", "encoder.layer.0.intermediate.dense.weight",
            "blocks.0.mlp.fc1.bias", "encoder.layer.0.intermediate.dense.bias",
            "blocks.0.mlp.fc2.weight", "encoder.layer.0.output.dense.weight",
            "blocks.0.mlp.fc2.bias", "encoder.layer.0.output.dense.bias");

    private static final Map<String, String> SWIGLU_NAMES = Map.of(
            "blocks.0.norm1.weight", "encoder.layer.0.norm1.weight",
            "blocks.0.norm1.bias", "encoder.layer.0.norm1.bias",
            "blocks.0.norm2.weight", "encoder.layer.0.norm2.weight",
            "blocks.0.norm2.bias", "encoder.layer.0.norm2.bias",
            "blocks.0.ls1.gamma", "encoder.layer.0.layer_scale1.lambda1",
            "blocks.0.ls2.gamma", "encoder.layer.0.layer_scale2.lambda1",
            "blocks.0.mlp.w12.weight", "encoder.layer.0.mlp.weights_in.weight",
            "blocks.0.mlp.w12.bias", "encoder.layer.0.mlp.weights_in.bias",
            "blocks.0.mlp.w3.weight", "encoder.layer.0.mlp.weights_out.weight",
            "blocks.0.mlp.w3.bias", "encoder.layer.0.mlp.weights_out.bias");

    private static Config config(Map<String, Object> own) {
        Map<String, Object> values = new HashMap<>(COMMON);
        values.putAll(own);
        return Config.of(values);
    }

    private static Tensor pixels(long height, long width) {
        return new Rng(2).normal(Purpose.NOISE, 0, 0, 2, 3, height, width);
    }

    @Test
    void imagesOfAnySizeAreRead() {
        try (Scope scope = Scope.open()) {
            DinoEncoder encoder = DinoEncoder.of(VIT, Weights.of(new Initializer(1)));
            DinoEncoding own = encoder.encode(pixels(9, 9));
            assertEquals(2, own.states().size());
            assertArrayEquals(new long[] {2, 10, 8}, own.states().get(0).shape());
            assertArrayEquals(new long[] {2, 8}, own.cls().shape());
            // two pixels beyond the last whole patch change nothing
            Tensor wide = Tensor.cat(List.of(pixels(9, 9), Tensor.ones(DType.FLOAT32, 2, 3, 9, 2)), 3);
            assertArrayEquals(own.last().toFloats(), encoder.encode(wide).last().toFloats());
        }
    }

    @Test
    void theRuleDecidesWhatIsAddedToTheTokens() {
        try (Scope scope = Scope.open()) {
            DinoEncoder encoder = DinoEncoder.of(VIT, Weights.of(new Initializer(1)));
            Tensor pixels = pixels(12, 6).narrow(0, 0, 1);
            Tensor[] added = new Tensor[PositionRule.values().length];
            Tensor[] tokens = new Tensor[PositionRule.values().length];
            for (PositionRule rule : PositionRule.values()) {
                added[rule.ordinal()] = encoder.positions(4, 2, rule);
                tokens[rule.ordinal()] = encoder.encode(pixels, rule).states().get(0);
            }
            assertArrayEquals(new long[] {1, 1 + 4 * 2, 8}, tokens[0].shape());
            Tensor difference = added[1].minus(added[0]);
            assertTrue(difference.abs().max(false, 0, 1, 2).item() > 1e-4);
            assertArrayEquals(difference.toFloats(), tokens[1].minus(tokens[0]).toFloats(), 1e-6f);
        }
    }

    @Test
    void positionsOfTheOwnSizeAreTheTableItself() {
        try (Scope scope = Scope.open()) {
            Weights weights = Weights.of(new Initializer(1));
            DinoEncoder encoder = DinoEncoder.of(VIT, weights);
            float[] table =
                    weights.get("embeddings.position_embeddings", 1, 10, 8).toFloats();
            for (PositionRule rule : PositionRule.values()) {
                assertArrayEquals(table, encoder.positions(3, 3, rule).toFloats());
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        try (Scope scope = Scope.open()) {
            DinoEncoder encoder = DinoEncoder.of(VIT, Weights.of(new Initializer(1)));
            refused("an image of 2 x 9 pixels is smaller than a patch of 3 x 3", () -> encoder.encode(pixels(9, 2)));
            refused(
                    "pixels must have shape [-1, 3, -1, -1], got [1, 1, 9, 9]",
                    () -> encoder.encode(Tensor.zeros(DType.FLOAT32, 1, 1, 9, 9)));
            Config odd = config(Map.of("model_type", "vit", "intermediate_size", 10, "num_attention_heads", 3));
            refused(
                    "3 attention heads do not divide the width 8",
                    () -> DinoEncoder.of(odd, Weights.of(new Initializer(1))));
            Config clip = config(Map.of("model_type", "clip"));
            String message = String.valueOf(assertThrows(
                            CheckpointException.class, () -> DinoEncoder.of(clip, Weights.of(new Initializer(1))))
                    .getMessage());
            assertTrue(message.endsWith("\"model_type\" must be vit or dinov2, got \"clip\""), message);
        }
    }

    private static void refused(String expected, Runnable body) {
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, body::run).getMessage());
    }

    @Test
    void gatedUnitsAreASigmoidTimesBothHalves() {
        try (Scope scope = Scope.open()) {
            Weights weights = Weights.of(new Initializer(3));
            Tensor x = new Rng(4).normal(Purpose.NOISE, 0, 0, 1, 1, 8);
            float[] ours = SwiGlu.of(weights, 8, 26).apply(x).toFloats();
            float[] in = weights.get("weights_in.weight", 48, 8).toFloats(); // 17 units, rounded up to 24, twice
            float[] out = weights.get("weights_out.weight", 8, 24).toFloats();
            float[] expected = new float[8];
            for (int unit = 0; unit < 24; unit++) {
                double gate = product(in, unit, x.toFloats());
                double value = gate / (1 + Math.exp(-gate)) * product(in, 24 + unit, x.toFloats());
                for (int i = 0; i < 8; i++) {
                    expected[i] += (float) (out[i * 24 + unit] * value);
                }
            }
            assertArrayEquals(expected, ours, 1e-6f);
        }
    }

    private static double product(float[] matrix, int row, float[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (double) matrix[row * x.length + i] * x[i];
        }
        return sum;
    }

    @Test
    void namesOfTheOriginalRepositoriesAreRead() {
        sameUnderBothNames(VIT, VIT_NAMES);
        sameUnderBothNames(SWIGLU, SWIGLU_NAMES);
    }

    private static void sameUnderBothNames(Config config, Map<String, String> names) {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> transformers = distinct(config);
            Map<String, Tensor> original = new HashMap<>();
            COMMON_NAMES.forEach((ours, theirs) -> original.put(ours, get(transformers, theirs)));
            names.forEach((ours, theirs) -> original.put(ours, get(transformers, theirs)));
            for (String kind : List.of("weight", "bias")) {
                List<Tensor> parts = List.of("query", "key", "value").stream()
                        .map(part -> get(transformers, "encoder.layer.0.attention.attention." + part + "." + kind))
                        .toList();
                original.put("blocks.0.attn.qkv." + kind, Tensor.cat(parts, 0));
            }
            float[] expected = encoded(config, transformers, transformers.keySet());
            assertArrayEquals(expected, encoded(config, original, original.keySet()), 1e-6f);
        }
    }

    /** A model's parameters, each of its own random numbers. */
    private static Map<String, Tensor> distinct(Config config) {
        Weights weights = Weights.of(new Initializer(1));
        DinoEncoder.of(config, weights);
        Map<String, Tensor> result = new HashMap<>();
        long seed = 0;
        for (Map.Entry<String, Tensor> entry : weights.used().entrySet()) {
            result.put(
                    entry.getKey(),
                    new Rng(seed++).normal(Purpose.NOISE, 0, 0, entry.getValue().shape()));
        }
        return result;
    }

    private static float[] encoded(Config config, Map<String, Tensor> tensors, Set<String> expectedUse) {
        Weights stored = Weights.of(new Weights.Source() {
            @Override
            public boolean has(String name) {
                return tensors.containsKey(name);
            }

            @Override
            public Tensor get(String name, long... shape) {
                Tensor tensor = DinoEncoderTest.get(tensors, name);
                assertArrayEquals(shape, tensor.shape(), name);
                return tensor;
            }

            @Override
            public Set<String> names() {
                return tensors.keySet();
            }
        });
        try (DinoWeights weights = new DinoWeights(stored)) {
            DinoEncoder encoder = DinoEncoder.of(config, Weights.of(weights));
            assertEquals(expectedUse, stored.used().keySet());
            return encoder.encode(pixels(9, 9)).last().toFloats();
        }
    }

    private static Tensor get(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        assertTrue(tensor != null, name);
        return java.util.Objects.requireNonNull(tensor);
    }
}
