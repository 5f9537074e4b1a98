package dev.hapax.vae;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Activation;
import dev.hapax.nn.Conv2d;
import dev.hapax.nn.GroupNorm;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Two convolutions around which the input is carried: {@code x + conv(act(norm(conv(act(norm(x))))))} (He et al. 2016).
 *
 * @param shortcut 1x1, where input and output differ in channels; else null
 */
record ResidualBlock(
        GroupNorm norm1,
        Conv2d conv1,
        GroupNorm norm2,
        Conv2d conv2,
        @Nullable Conv2d shortcut,
        Activation activation) {

    static ResidualBlock of(VaeConfig config, Weights weights, int in, int out) {
        return new ResidualBlock(
                GroupNorm.of(weights.at("norm1"), in, config.groups(), VaeConfig.NORM_EPSILON),
                Conv2d.of(weights.at("conv1"), in, out, 3),
                GroupNorm.of(weights.at("norm2"), out, config.groups(), VaeConfig.NORM_EPSILON),
                Conv2d.of(weights.at("conv2"), out, out, 3),
                in == out ? null : Conv2d.of(weights.at("conv_shortcut"), in, out, 1),
                config.activation());
    }

    /** (b, in, h, w) to (b, out, h, w). */
    Tensor apply(Tensor x) {
        return Scope.run(() -> {
            Tensor h = half(norm2, conv2, half(norm1, conv1, x)); // (b, out, h, w)
            return (shortcut == null ? x : shortcut.apply(x)).plus(h);
        });
    }

    private Tensor half(GroupNorm norm, Conv2d conv, Tensor x) {
        return Scope.run(() -> conv.apply(activation.apply(norm.apply(x))));
    }
}
