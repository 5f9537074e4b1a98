package dev.hapax.vae;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one resolution.
 *
 * @param resnets in order
 * @param attentions one after each residual block, or none
 * @param resample the step to the next resolution; null at the last
 * @param finer whether that is a finer one
 */
record MovqLevel(
        List<MovqResnet> resnets,
        List<MovqAttention> attentions,
        @Nullable Conv2d resample,
        boolean finer) {

    /** One of the encoder, with a step to the next coarser resolution unless it is the last. */
    static MovqLevel down(MovqNorms norms, Weights weights, int in, int out, boolean attention, boolean last) {
        Weights conv = weights.at("downsamplers.0.conv");
        int count = norms.config().layersPerBlock();
        return of(norms, weights, in, out, count, attention, last ? null : Conv2d.of(conv, out, out, 3, 2, 0), false);
    }

    /** One of the decoder, with a step to the next finer resolution unless it is the last. */
    static MovqLevel up(MovqNorms norms, Weights weights, int in, int out, boolean attention, boolean last) {
        Weights conv = weights.at("upsamplers.0.conv");
        int count = norms.config().layersPerBlock() + 1;
        return of(norms, weights, in, out, count, attention, last ? null : Conv2d.of(conv, out, out, 3), true);
    }

    private static MovqLevel of(
            MovqNorms norms,
            Weights weights,
            int in,
            int out,
            int count,
            boolean attention,
            @Nullable Conv2d resample,
            boolean finer) {
        List<MovqResnet> resnets = new ArrayList<>();
        List<MovqAttention> attentions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            resnets.add(MovqResnet.of(norms, weights.at("resnets").at(i), i == 0 ? in : out, out));
            if (attention) {
                attentions.add(MovqAttention.of(norms, weights.at("attentions").at(i), out));
            }
        }
        return new MovqLevel(List.copyOf(resnets), List.copyOf(attentions), resample, finer);
    }

    /** (b, in, h, w) to (b, out, h', w'). */
    Tensor apply(Tensor x, Tensor latents) {
        return Scope.run(() -> {
            Tensor h = x;
            for (int i = 0; i < resnets.size(); i++) {
                h = resnets.get(i).apply(h, latents);
                h = attentions.isEmpty() ? h : attentions.get(i).apply(h, latents);
            }
            if (resample == null) {
                return h;
            }
            // going down, zeros at right and bottom only
            return resample.apply(
                    finer
                            ? Functional.resizeNearest(h, 2 * h.size(2), 2 * h.size(3))
                            : Functional.pad(h, 0, 1, 0, 1, 0));
        });
    }
}
