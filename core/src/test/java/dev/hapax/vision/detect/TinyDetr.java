package dev.hapax.vision.detect;

import dev.hapax.checkpoint.Config;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.vision.PictureBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A detector so small that random weights do. */
final class TinyDetr {
    private TinyDetr() {}

    static Config small(Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "backbone_config",
                Map.of("depths", List.of(1, 1), "hidden_sizes", List.of(8, 16), "embedding_size", 4),
                "d_model",
                8,
                "num_queries",
                5,
                "encoder_layers",
                1,
                "encoder_attention_heads",
                2,
                "encoder_ffn_dim",
                16,
                "decoder_layers",
                2,
                "decoder_attention_heads",
                2,
                "id2label",
                Map.of("0", "cat", "1", "dog")));
        values.put("decoder_ffn_dim", 16);
        values.putAll(more);
        return Config.of(values);
    }

    static PictureBatch pictures() {
        return PictureBatch.whole(new Rng(2).normal(Purpose.NOISE, 0, 0, 1, 3, 20, 26));
    }
}
