package dev.hapax.unet;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A U-Net of a few thousand parameters with three resolutions, of which the two finer ones read text. */
final class TinyUNet {
    private TinyUNet() {}

    static Map<String, Object> config() {
        return new HashMap<>(Map.of(
                "in_channels", 4,
                "block_out_channels", List.of(8, 12, 16),
                "down_block_types", List.of("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
                "up_block_types", List.of("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
                "layers_per_block", 1,
                "attention_head_dim", 2,
                "cross_attention_dim", 10,
                "norm_num_groups", 4));
    }

    static Map<String, Object> config(String key, Object value) {
        Map<String, Object> config = config();
        config.put(key, value);
        return config;
    }

    static UNet of(Map<String, Object> config) {
        return UNet.of(Config.of(config), Weights.of(new Initializer(1)));
    }

    static Tensor noise(long sample, long... shape) {
        return new Rng(5).normal(Purpose.NOISE, 0, sample, shape);
    }

    static Tensor timestep(long value) {
        return Tensor.of(new long[] {value}, 1);
    }
}
