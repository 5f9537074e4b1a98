package dev.hapax.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultilingualClipTest {
    private static final Map<String, Object> CONFIG = Map.of(
            "model_type", "M-CLIP",
            "transformerDimensions", 8,
            "numDims", 6,
            "vocab_size", 20,
            "max_position_embeddings", 8,
            "num_hidden_layers", 2,
            "num_attention_heads", 2,
            "intermediate_size", 12,
            "pad_token_id", 1);

    @Test
    void paddingChangesNothing() {
        try (Scope scope = Scope.open()) {
            MultilingualClip encoder = MultilingualClip.of(Config.of(CONFIG), Weights.of(new Initializer(1)));
            Tensor ids = Tensor.of(new long[] {0, 7, 5, 2}, 1, 4);
            Tensor alone = encoder.encode(ids, Tensor.ones(DType.FLOAT32, 1, 4)).projected();
            Tensor padded = Tensor.of(new long[] {0, 7, 5, 2, 1, 1}, 1, 6);
            Tensor mask = Tensor.of(new float[] {1, 1, 1, 1, 0, 0}, 1, 6);
            assertArrayEquals(
                    alone.toFloats(), encoder.encode(padded, mask).projected().toFloats(), 1e-5f);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        try (Scope scope = Scope.open()) {
            MultilingualClip encoder = MultilingualClip.of(Config.of(CONFIG), Weights.of(new Initializer(1)));
            assertEquals(6, encoder.maxTokens());
            Tensor ids = Tensor.of(new long[7], 1, 7);
            assertEquals(
                    "a text of 7 tokens is too long for an encoder of 6; shorten it",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> encoder.encode(ids, Tensor.ones(DType.FLOAT32, 1, 7)))
                            .getMessage());
            Config clip = Config.of(Map.of("model_type", "clip", "transformerDimensions", 8));
            assertThrows(CheckpointException.class, () -> MultilingualClip.of(clip, Weights.of(new Initializer(1))));
        }
    }
}
