package dev.hapax.vae;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** The coarsest resolution: residual block, attention, residual block. */
record MovqMid(MovqResnet first, @Nullable MovqAttention attention, MovqResnet second) {

    static MovqMid of(MovqNorms norms, Weights weights, int channels) {
        return new MovqMid(
                MovqResnet.of(norms, weights.at("resnets.0"), channels, channels),
                norms.config().midAttention() ? MovqAttention.of(norms, weights.at("attentions.0"), channels) : null,
                MovqResnet.of(norms, weights.at("resnets.1"), channels, channels));
    }

    /** (b, c, h, w) to the same shape. */
    Tensor apply(Tensor x, Tensor latents) {
        Tensor h = first.apply(x, latents);
        return second.apply(attention == null ? h : attention.apply(h, latents), latents);
    }
}
