package dev.hapax.unet;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One resolution on the way down (diffusers: DownBlock2D, CrossAttnDownBlock2D).
 *
 * @param transformers one after each residual block, or none
 * @param downsample null at the coarsest resolution
 */
record DownBlock(
        List<ResnetBlock> resnets,
        List<Transformer2D> transformers,
        @Nullable Downsample downsample) {

    static DownBlock of(
            UNetConfig config, Stage stage, int in, boolean last, Weights weights, LayerNumbering numbering) {
        List<ResnetBlock> resnets = new ArrayList<>();
        List<Transformer2D> transformers = new ArrayList<>();
        for (int i = 0; i < stage.resnets(); i++) {
            int from = i == 0 ? in : stage.channels();
            resnets.add(ResnetBlock.of(config, weights.at("resnets").at(i), from, stage.channels(), 1));
            if (stage.attention()) {
                transformers.add(
                        Transformer2D.of(config, stage, weights.at("attentions").at(i), numbering));
            }
        }
        return new DownBlock(
                List.copyOf(resnets),
                List.copyOf(transformers),
                last ? null : Downsample.of(config, weights.at("downsamplers.0"), stage.channels()));
    }

    void measure(UNetFootprint footprint, int level) {
        for (int i = 0; i < resnets.size(); i++) {
            footprint.add(resnets.get(i), false, level);
            if (!transformers.isEmpty()) {
                footprint.add(transformers.get(i), level);
            }
        }
        if (downsample != null) {
            footprint.add(downsample.conv(), level + 1, false);
        }
    }

    /** (b, in, h, w) to (b, channels, h / 2, w / 2); what the way up will need goes onto {@code skips}. */
    Tensor apply(Tensor x, Conditions conditions, Deque<Tensor> skips) {
        Tensor h = x;
        for (int i = 0; i < resnets.size(); i++) {
            h = resnets.get(i).apply(h, conditions);
            if (!transformers.isEmpty()) {
                h = transformers.get(i).apply(h, conditions);
            }
            skips.push(h);
        }
        if (downsample != null) {
            h = downsample.apply(h);
            skips.push(h);
        }
        return h;
    }
}
