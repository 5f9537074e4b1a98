package dev.hapax.vae;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Activation;
import dev.hapax.nn.Conv2d;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Two convolutions around which the input is carried, with normalisations that may look at the latents.
 *
 * @param shortcut 1x1, where input and output differ in channels; else null
 */
record MovqResnet(
        LatentNorm norm1,
        Conv2d conv1,
        LatentNorm norm2,
        Conv2d conv2,
        @Nullable Conv2d shortcut,
        Activation activation) {

    static MovqResnet of(MovqNorms norms, Weights weights, int in, int out) {
        return new MovqResnet(
                norms.of(weights.at("norm1"), in),
                Conv2d.of(weights.at("conv1"), in, out, 3),
                norms.of(weights.at("norm2"), out),
                Conv2d.of(weights.at("conv2"), out, out, 3),
                in == out ? null : Conv2d.of(weights.at("conv_shortcut"), in, out, 1),
                norms.config().activation());
    }

    /** (b, in, h, w) to (b, out, h, w). */
    Tensor apply(Tensor x, Tensor latents) {
        return Scope.run(() -> {
            Tensor h = half(norm2, conv2, half(norm1, conv1, x, latents), latents); // (b, out, h, w)
            return (shortcut == null ? x : shortcut.apply(x)).plus(h);
        });
    }

    private Tensor half(LatentNorm norm, Conv2d conv, Tensor x, Tensor latents) {
        return Scope.run(() -> conv.apply(activation.apply(norm.apply(x, latents))));
    }
}
