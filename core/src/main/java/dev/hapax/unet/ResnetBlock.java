package dev.hapax.unet;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Activation;
import dev.hapax.nn.Conv2d;
import dev.hapax.nn.Footprint;
import dev.hapax.nn.GroupNorm;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two convolutions around which the input is carried, with the timestep added between them (Ho et al. 2020, appendix
 * B):
 * {@code (shortcut(x) + conv2(act(norm2(conv1(act(norm1(x))) + time)))) / scale}.
 *
 * @param timeProjection time width to channels
 * @param shortcut 1x1, where input and output differ in channels; else null
 * @param parameters all of these layers'
 */
record ResnetBlock(
        GroupNorm norm1,
        Conv2d conv1,
        Linear timeProjection,
        GroupNorm norm2,
        Conv2d conv2,
        @Nullable Conv2d shortcut,
        Activation activation,
        double scale,
        List<Tensor> parameters) {

    static ResnetBlock of(UNetConfig config, Weights weights, int in, int out, double scale) {
        return new ResnetBlock(
                GroupNorm.of(weights.at("norm1"), in, config.groups(), config.epsilon()),
                Conv2d.of(weights.at("conv1"), in, out, 3),
                Linear.of(weights.at("time_emb_proj"), config.time().width(), out),
                GroupNorm.of(weights.at("norm2"), out, config.groups(), config.epsilon()),
                Conv2d.of(weights.at("conv2"), out, out, 3),
                in == out ? null : Conv2d.of(weights.at("conv_shortcut"), in, out, 1),
                config.activation(),
                scale,
                weights.usedHere());
    }

    /** (b, in, h, w) to (b, out, h, w). */
    Tensor apply(Tensor x, Conditions conditions) {
        return conditions
                .segments()
                .run(List.of(x, conditions.time()), parameters, in -> List.of(computed(in.get(0), in.get(1))))
                .get(0);
    }

    /** The same of x and what the way down left, (b, rest of in, h, w), side by side. */
    Tensor apply(Tensor x, Tensor skip, Conditions conditions) {
        return conditions
                .segments()
                .run(
                        List.of(x, skip, conditions.time()),
                        parameters,
                        in -> List.of(computed(Tensor.cat(in.subList(0, 2), 1), in.get(2))))
                .get(0);
    }

    /**
     * What it holds on so many pixels.
     *
     * @param joined whether its input is joined of two
     * @param differentiated whether gradients flow through it
     */
    Footprint footprint(long pixels, boolean joined, boolean differentiated) {
        long in = conv1.weight().size(1);
        long out = conv1.weight().size(0);
        // both normalised inputs, both activations of them, the sum with the time, and the joined input
        long inside = 2 * in + 3 * out + (joined ? in : 0);
        return new Footprint(
                out * pixels,
                differentiated ? inside * pixels : 0,
                differentiated ? 3 * Math.max(in, out) * pixels : 0,
                parameters.stream().mapToLong(Tensor::elements).sum());
    }

    private Tensor computed(Tensor x, Tensor condition) {
        return Scope.run(() -> {
            Tensor time = timeProjection.apply(activation.apply(condition)); // (b, out)
            Tensor h = conv1.apply(activation.apply(norm1.apply(x))); // (b, out, h, w)
            h = h.plus(time.reshape(time.size(0), time.size(1), 1, 1));
            h = conv2.apply(activation.apply(norm2.apply(h)));
            Tensor sum = (shortcut == null ? x : shortcut.apply(x)).plus(h);
            return scale == 1 ? sum : sum.over(scale);
        });
    }
}
