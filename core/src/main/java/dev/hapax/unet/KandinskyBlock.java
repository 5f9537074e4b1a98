package dev.hapax.unet;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.ScaleShiftResnet.Resize;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One resolution of Kandinsky's U-Net, on its way down or up (diffusers: SimpleCrossAttnDownBlock2D,
 * ResnetDownsampleBlock2D, and those of the way up).
 *
 * @param resnets in order
 * @param attentions one after each residual block, or none
 * @param resize to the next resolution; null at the last
 */
record KandinskyBlock(
        List<ScaleShiftResnet> resnets,
        List<AddedKeyAttention> attentions,
        @Nullable ScaleShiftResnet resize) {

    static KandinskyBlock down(
            KandinskyUNetConfig config, KandinskyStage stage, int in, boolean last, Weights weights) {
        List<Integer> inputs = new ArrayList<>();
        for (int i = 0; i < stage.resnets(); i++) {
            inputs.add(i == 0 ? in : stage.channels());
        }
        return of(config, stage, inputs, weights, last ? null : weights.at("downsamplers.0"), Resize.HALVE);
    }

    /** Takes the channels of its skips from {@code skips}, the latest first. */
    static KandinskyBlock up(
            KandinskyUNetConfig config,
            KandinskyStage stage,
            int in,
            Deque<Integer> skips,
            boolean last,
            Weights weights) {
        List<Integer> inputs = new ArrayList<>();
        for (int i = 0; i < stage.resnets(); i++) {
            inputs.add((i == 0 ? in : stage.channels()) + skips.pop());
        }
        return of(config, stage, inputs, weights, last ? null : weights.at("upsamplers.0"), Resize.DOUBLE);
    }

    private static KandinskyBlock of(
            KandinskyUNetConfig config,
            KandinskyStage stage,
            List<Integer> inputs,
            Weights weights,
            @Nullable Weights sampler,
            Resize direction) {
        int channels = stage.channels();
        List<ScaleShiftResnet> resnets = new ArrayList<>();
        List<AddedKeyAttention> attentions = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            resnets.add(ScaleShiftResnet.of(
                    config, weights.at("resnets").at(i), inputs.get(i), channels, Resize.NONE, config.scale()));
            if (stage.attention()) {
                attentions.add(AddedKeyAttention.of(
                        config, stage, weights.at("attentions").at(i)));
            }
        }
        return new KandinskyBlock(
                List.copyOf(resnets),
                List.copyOf(attentions),
                sampler == null
                        ? null
                        : ScaleShiftResnet.of(config, sampler, channels, channels, direction, config.scale()));
    }

    /** To the next coarser resolution; what the way up will need goes onto {@code skips}. */
    Tensor down(Tensor x, Tensor time, Tensor context, Deque<Tensor> skips) {
        Tensor h = x;
        for (int i = 0; i < resnets.size(); i++) {
            h = step(i, h, time, context);
            skips.push(h);
        }
        if (resize != null) {
            h = resize.apply(h, time);
            skips.push(h);
        }
        return h;
    }

    /** To the next finer resolution, taking its skips from {@code skips}. */
    Tensor up(Tensor x, Tensor time, Tensor context, Deque<Tensor> skips) {
        Tensor h = x;
        for (int i = 0; i < resnets.size(); i++) {
            h = step(i, Tensor.cat(List.of(h, skips.pop()), 1), time, context);
        }
        return resize == null ? h : resize.apply(h, time);
    }

    private Tensor step(int i, Tensor x, Tensor time, Tensor context) {
        Tensor h = resnets.get(i).apply(x, time);
        return attentions.isEmpty() ? h : attentions.get(i).apply(h, context);
    }
}
