package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Activation;
import dev.hapax.nn.Linear;
import dev.hapax.nn.RmsNorm;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The perceptron half of a layer of T5: {@code x + out(act(in(norm(x))))}, and in version 1.1 {@code act(in(.)) gate(.)}
 * inside (Shazeer 2020).
 *
 * @param norm before it
 * @param in width to intermediate width
 * @param gate the same; null without gates
 * @param activation after {@code in}
 * @param out back to width
 */
record T5FeedForward(RmsNorm norm, Linear in, @Nullable Linear gate, Activation activation, Linear out) {

    static T5FeedForward of(T5Config config, Weights weights) {
        int width = config.width();
        Weights own = weights.at("DenseReluDense");
        return new T5FeedForward(
                RmsNorm.of(weights.at("layer_norm"), width, config.epsilon()),
                Linear.withoutBias(own.at(config.gated() ? "wi_0" : "wi"), width, config.inner()),
                config.gated() ? Linear.withoutBias(own.at("wi_1"), width, config.inner()) : null,
                config.activation(),
                Linear.withoutBias(own.at("wo"), config.inner(), width));
    }

    /** (b, tokens, width) to the same shape. */
    Tensor apply(Tensor x) {
        Tensor normed = norm.apply(x);
        Tensor inner = activation.apply(in.apply(normed));
        return x.plus(out.apply(gate == null ? inner : inner.times(gate.apply(normed))));
    }
}
