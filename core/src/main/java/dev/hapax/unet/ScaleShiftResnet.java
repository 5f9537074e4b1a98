package dev.hapax.unet;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Activation;
import dev.hapax.nn.Conv2d;
import dev.hapax.nn.GroupNorm;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two convolutions around which the input is carried, between which the timestep scales and shifts the features; it may
 * also change the resolution (Dhariwal and Nichol 2021, section 3).
 *
 * @param timeProjection time width to scale and shift of each channel, (2 out, time width)
 * @param shortcut 1x1, where input and output differ in channels; else null
 * @param resize what happens to the resolution before the first convolution
 * @param config activation and normalisations
 * @param scale the sum is divided by it
 */
record ScaleShiftResnet(
        GroupNorm norm1,
        Conv2d conv1,
        Linear timeProjection,
        GroupNorm norm2,
        Conv2d conv2,
        @Nullable Conv2d shortcut,
        Resize resize,
        KandinskyUNetConfig config,
        double scale) {

    /** A change of resolution. */
    enum Resize {
        NONE,
        /** The mean of each four pixels. */
        HALVE,
        /** Each pixel four times. */
        DOUBLE;

        private Tensor apply(Tensor x) {
            return switch (this) {
                case NONE -> x;
                case HALVE -> Functional.averagePool2d(x, 2);
                case DOUBLE -> Functional.resizeNearest(x, 2 * x.size(2), 2 * x.size(3));
            };
        }
    }

    static ScaleShiftResnet of(
            KandinskyUNetConfig config, Weights weights, int in, int out, Resize resize, double scale) {
        return new ScaleShiftResnet(
                GroupNorm.of(weights.at("norm1"), in, config.groups(), config.epsilon()),
                Conv2d.of(weights.at("conv1"), in, out, 3),
                Linear.of(weights.at("time_emb_proj"), config.time().width(), 2L * out),
                GroupNorm.of(weights.at("norm2"), out, config.groups(), config.epsilon()),
                Conv2d.of(weights.at("conv2"), out, out, 3),
                in == out ? null : Conv2d.of(weights.at("conv_shortcut"), in, out, 1),
                resize,
                config,
                scale);
    }

    /** (b, in, h, w) and time (b, time width) to (b, out, h', w'). */
    Tensor apply(Tensor x, Tensor time) {
        return Scope.run(() -> {
            Activation activation = config.activation();
            Tensor condition = timeProjection.apply(config.plainTime() ? time : activation.apply(time)); // (b, 2 out)
            List<Tensor> parts = condition
                    .reshape(condition.size(0), condition.size(1), 1, 1)
                    .chunk(2, 1); // scale, shift
            Tensor h = conv1.apply(resize.apply(activation.apply(norm1.apply(x)))); // (b, out, h', w')
            h = norm2.apply(h).times(parts.get(0).plus(1)).plus(parts.get(1));
            h = conv2.apply(activation.apply(h));
            Tensor carried = resize.apply(x);
            Tensor sum = (shortcut == null ? carried : shortcut.apply(carried)).plus(h);
            return scale == 1 ? sum : sum.over(scale);
        });
    }
}
