package dev.hapax.unet;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads the resolutions of a U-Net. One number in the configuration stands for all resolutions; on the way up the lists
 * run backwards, with one residual block more.
 */
record StageReader(
        List<Integer> channels,
        List<Integer> layers,
        List<Boolean> attentionDown,
        List<Boolean> attentionUp,
        List<Integer> transformerLayersDown,
        List<Integer> transformerLayersUp,
        List<Integer> heads,
        List<Integer> contextWidths) {

    static StageReader of(Config config) {
        List<Integer> channels = config.integers("block_out_channels");
        if (channels.isEmpty()) {
            throw new CheckpointException(config.origin() + ": \"block_out_channels\" is empty");
        }
        int n = channels.size();
        List<Integer> depths = config.has("transformer_layers_per_block")
                ? config.integers("transformer_layers_per_block", n)
                : Collections.nCopies(n, 1);
        return new StageReader(
                channels,
                config.has("layers_per_block") ? config.integers("layers_per_block", n) : Collections.nCopies(n, 2),
                attention(config, "down_block_types", "CrossAttnDownBlock2D", "DownBlock2D", n),
                attention(config, "up_block_types", "CrossAttnUpBlock2D", "UpBlock2D", n),
                depths,
                config.has("reverse_transformer_layers_per_block")
                        ? config.integers("reverse_transformer_layers_per_block", n)
                        : reversed(depths),
                // diffusers: num_attention_heads = num_attention_heads or attention_head_dim
                config.integers(config.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim", n),
                config.integers("cross_attention_dim", n));
    }

    List<Stage> down() {
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            stages.add(stage(i, layers.get(i), attentionDown.get(i), transformerLayersDown.get(i)));
        }
        return stages;
    }

    Stage mid() {
        int last = channels.size() - 1;
        return stage(last, 2, true, transformerLayersDown.get(last));
    }

    List<Stage> up() {
        List<Stage> stages = new ArrayList<>();
        int n = channels.size();
        for (int i = 0; i < n; i++) {
            int depth = n - 1 - i;
            stages.add(stage(depth, layers.get(depth) + 1, attentionUp.get(i), transformerLayersUp.get(i)));
        }
        return stages;
    }

    private Stage stage(int depth, int resnets, boolean attention, int transformerLayers) {
        return new Stage(
                channels.get(depth),
                resnets,
                attention,
                transformerLayers,
                heads.get(depth),
                contextWidths.get(depth),
                1 << depth);
    }

    private static List<Boolean> attention(Config config, String key, String with, String without, int size) {
        List<String> types = config.texts(key);
        if (types.size() != size) {
            throw new CheckpointException(config.origin() + ": \"" + key + "\" has " + types.size()
                    + " entries, \"block_out_channels\" has " + size + "; they must agree");
        }
        List<Boolean> result = new ArrayList<>();
        for (String type : types) {
            if (!type.equals(with) && !type.equals(without)) {
                throw new CheckpointException(config.origin() + ": \"" + key + "\" has " + type
                        + ", which is not supported; supported: " + with + ", " + without);
            }
            result.add(type.equals(with));
        }
        return result;
    }

    private static List<Integer> reversed(List<Integer> list) {
        List<Integer> copy = new ArrayList<>(list);
        Collections.reverse(copy);
        return copy;
    }
}
