package dev.hapax.vae;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;

/** Every pixel of a feature map attends to every other with one head, and the input is added. */
record MovqAttention(LatentNorm norm, Linear toQuery, Linear toKey, Linear toValue, Linear toOut) {

    static MovqAttention of(MovqNorms norms, Weights weights, int channels) {
        return new MovqAttention(
                norms.of(weights.at(norms.spatial() ? "spatial_norm" : "group_norm"), channels),
                Linear.of(weights.at("to_q"), channels, channels),
                Linear.of(weights.at("to_k"), channels, channels),
                Linear.of(weights.at("to_v"), channels, channels),
                Linear.of(weights.at("to_out").at(0), channels, channels));
    }

    /** (b, c, h, w) to the same shape. */
    Tensor apply(Tensor x, Tensor latents) {
        return Scope.run(() -> {
            long[] shape = x.shape();
            Tensor pixels = norm.apply(x, latents)
                    .reshape(shape[0], shape[1], -1)
                    .transpose(1, 2)
                    .unsqueeze(1);
            Tensor attended = Functional.attention(
                    toQuery.apply(pixels), toKey.apply(pixels), toValue.apply(pixels), null); // (b, 1, h w, c)
            return x.plus(toOut.apply(attended).squeeze(1).transpose(1, 2).reshape(shape));
        });
    }
}
