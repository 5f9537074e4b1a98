package dev.hapax.unet;

import dev.hapax.checkpoint.Config;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the resolutions of Kandinsky's U-Net; one number stands for all, and on the way up the lists run backwards. */
record KandinskyStages(
        List<Integer> channels,
        List<Integer> layers,
        List<Boolean> attentionDown,
        List<Boolean> attentionUp,
        List<Integer> headWidths,
        boolean onlyContext) {

    static KandinskyStages of(Config config) {
        List<Integer> channels = config.integers("block_out_channels");
        int n = channels.size();
        return new KandinskyStages(
                channels,
                config.has("layers_per_block") ? config.integers("layers_per_block", n) : Collections.nCopies(n, 2),
                attention(config, "down_block_types", "SimpleCrossAttnDownBlock2D", "ResnetDownsampleBlock2D", n),
                attention(config, "up_block_types", "SimpleCrossAttnUpBlock2D", "ResnetUpsampleBlock2D", n),
                config.integers("attention_head_dim", n),
                config.flag("only_cross_attention", false));
    }

    private static List<Boolean> attention(Config config, String key, String with, String without, int size) {
        List<String> types = config.texts(key);
        if (types.size() != size || size == 0) {
            throw new IllegalArgumentException("\"" + key + "\" has " + types.size()
                    + " entries, \"block_out_channels\" has " + size + "; they must agree");
        }
        for (String type : types) {
            if (!type.equals(with) && !type.equals(without)) {
                throw new IllegalArgumentException(
                        "\"" + key + "\" has " + type + ", which is not supported beside " + with + " and " + without);
            }
        }
        return types.stream().map(with::equals).toList();
    }

    List<KandinskyStage> down() {
        List<KandinskyStage> stages = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            stages.add(stage(i, layers.get(i), attentionDown.get(i), onlyContext));
        }
        return stages;
    }

    KandinskyStage mid(Config config) {
        return stage(channels.size() - 1, 2, true, config.flag("mid_block_only_cross_attention", onlyContext));
    }

    List<KandinskyStage> up() {
        List<KandinskyStage> stages = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            int depth = channels.size() - 1 - i;
            stages.add(stage(depth, layers.get(depth) + 1, attentionUp.get(i), onlyContext));
        }
        return stages;
    }

    private KandinskyStage stage(int depth, int resnets, boolean attention, boolean context) {
        return new KandinskyStage(channels.get(depth), resnets, attention, headWidths.get(depth), context);
    }
}
