package dev.hapax.vae;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.GroupNorm;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;

/** Every pixel of a feature map attends to every other with one head, and the input is added. */
record SpatialAttention(GroupNorm norm, Linear toQuery, Linear toKey, Linear toValue, Linear toOut) {

    static SpatialAttention of(VaeConfig config, Weights weights, int channels) {
        return new SpatialAttention(
                GroupNorm.of(weights.at("group_norm"), channels, config.groups(), VaeConfig.NORM_EPSILON),
                Linear.of(weights.at("to_q"), channels, channels),
                Linear.of(weights.at("to_k"), channels, channels),
                Linear.of(weights.at("to_v"), channels, channels),
                Linear.of(weights.at("to_out").at(0), channels, channels));
    }

    /** (b, c, h, w) to the same shape. The changes of shape are views of a tensor stored channels-last. */
    Tensor apply(Tensor x) {
        return Scope.run(() -> attend(x));
    }

    private Tensor attend(Tensor x) {
        long[] shape = x.shape();
        Tensor pixels = norm.apply(x).permute(0, 2, 3, 1).reshape(shape[0], 1, shape[2] * shape[3], shape[1]);
        Tensor attended = Functional.attention(
                toQuery.apply(pixels), toKey.apply(pixels), toValue.apply(pixels), null); // (b, 1, h w, c)
        Tensor out = toOut.apply(attended).reshape(shape[0], shape[2], shape[3], shape[1]); // (b, h, w, c)
        return x.plus(out.permute(0, 3, 1, 2)); // (b, c, h, w)
    }
}
