package dev.hapax.unet;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Activation;
import dev.hapax.nn.Conv2d;
import dev.hapax.nn.GroupNorm;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Two convolutions around which the input is carried, with the timestep added between them (Ho et al. 2020, appendix
 * B):
 * {@code (shortcut(x) + conv2(act(norm2(conv1(act(norm1(x))) + time)))) / scale}.
 *
 * @param timeProjection time width to channels
 * @param shortcut 1x1, where input and output differ in channels; else null
 */
record ResnetBlock(
        GroupNorm norm1,
        Conv2d conv1,
        Linear timeProjection,
        GroupNorm norm2,
        Conv2d conv2,
        @Nullable Conv2d shortcut,
        Activation activation,
        double scale) {

    static ResnetBlock of(UNetConfig config, Weights weights, int in, int out, double scale) {
        return new ResnetBlock(
                GroupNorm.of(weights.at("norm1"), in, config.groups(), config.epsilon()),
                Conv2d.of(weights.at("conv1"), in, out, 3),
                Linear.of(weights.at("time_emb_proj"), config.time().width(), out),
                GroupNorm.of(weights.at("norm2"), out, config.groups(), config.epsilon()),
                Conv2d.of(weights.at("conv2"), out, out, 3),
                in == out ? null : Conv2d.of(weights.at("conv_shortcut"), in, out, 1),
                config.activation(),
                scale);
    }

    /** (b, in, h, w) to (b, out, h, w). */
    Tensor apply(Tensor x, Conditions conditions) {
        return Scope.run(() -> {
            Tensor time = timeProjection.apply(activation.apply(conditions.time())); // (b, out)
            Tensor h = conv1.apply(activation.apply(norm1.apply(x))); // (b, out, h, w)
            h = h.plus(time.reshape(time.size(0), time.size(1), 1, 1));
            h = conv2.apply(activation.apply(norm2.apply(h)));
            Tensor sum = (shortcut == null ? x : shortcut.apply(x)).plus(h);
            return scale == 1 ? sum : sum.over(scale);
        });
    }
}
