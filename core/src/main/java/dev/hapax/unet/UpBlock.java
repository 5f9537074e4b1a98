package dev.hapax.unet;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One resolution on the way up (diffusers: UpBlock2D, CrossAttnUpBlock2D). Each residual block reads, beside what comes
 * from below, what the way down left there.
 *
 * @param transformers one after each residual block, or none
 * @param upsample null at the finest resolution
 */
record UpBlock(
        List<ResnetBlock> resnets,
        List<Transformer2D> transformers,
        @Nullable Upsample upsample) {

    /** Takes the channels of its skips from {@code skips}, the latest first. */
    static UpBlock of(
            UNetConfig config,
            Stage stage,
            int in,
            Deque<Integer> skips,
            boolean last,
            Weights weights,
            LayerNumbering numbering) {
        List<ResnetBlock> resnets = new ArrayList<>();
        List<Transformer2D> transformers = new ArrayList<>();
        for (int i = 0; i < stage.resnets(); i++) {
            int from = (i == 0 ? in : stage.channels()) + skips.pop();
            resnets.add(ResnetBlock.of(config, weights.at("resnets").at(i), from, stage.channels(), 1));
            if (stage.attention()) {
                transformers.add(
                        Transformer2D.of(config, stage, weights.at("attentions").at(i), numbering));
            }
        }
        return new UpBlock(
                List.copyOf(resnets),
                List.copyOf(transformers),
                last ? null : Upsample.of(weights.at("upsamplers.0"), stage.channels()));
    }

    /** The same without its way up, where nobody goes on from its end. */
    UpBlock withoutUpsample() {
        return new UpBlock(resnets, transformers, null);
    }

    void measure(UNetFootprint footprint, int level) {
        for (int i = 0; i < resnets.size(); i++) {
            footprint.add(resnets.get(i), true, level);
            if (!transformers.isEmpty()) {
                footprint.add(transformers.get(i), level);
            }
        }
        if (upsample != null) {
            footprint.add(upsample.conv(), level - 1, true);
        }
    }

    /** (b, in, h, w) to (b, channels, 2 h, 2 w), taking its skips from {@code skips}. */
    Tensor apply(Tensor x, Conditions conditions, Deque<Tensor> skips) {
        Tensor h = x;
        for (int i = 0; i < resnets.size(); i++) {
            h = resnets.get(i).apply(h, skips.pop(), conditions);
            if (!transformers.isEmpty()) {
                h = transformers.get(i).apply(h, conditions);
            }
        }
        if (upsample == null) {
            return h;
        }
        Tensor next = skips.element(); // with odd sizes twice as large is one too many
        return upsample.apply(h, next.size(2), next.size(3));
    }
}
