package dev.hapax.vision.detect;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Activation;
import dev.hapax.nn.LayerNorm;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Tensor;

/**
 * The second half of every layer of DETR: two linear layers, to whose outcome the input is added, and a norm.
 *
 * @param fc1 width to inner width
 * @param activation between the two
 * @param fc2 back to width
 * @param norm after the sum
 */
record DetrFeedForward(Linear fc1, Activation activation, Linear fc2, LayerNorm norm) {
    private static final double EPSILON = 1e-5; // PyTorch's default, which DETR takes

    /** Takes {@code fc1}, {@code fc2} and {@code final_layer_norm}. */
    static DetrFeedForward of(Config config, Weights weights, int width, int inner) {
        return new DetrFeedForward(
                Linear.of(weights.at("fc1"), width, inner),
                Activation.named(config.text("activation_function", "relu")),
                Linear.of(weights.at("fc2"), inner, width),
                norm(weights.at("final_layer_norm"), width));
    }

    /** A layer normalisation of DETR. */
    static LayerNorm norm(Weights weights, int width) {
        return LayerNorm.of(weights, width, EPSILON);
    }

    /** (b, tokens, width) to the same shape. */
    Tensor apply(Tensor x) {
        return norm.apply(x.plus(fc2.apply(activation.apply(fc1.apply(x)))));
    }
}
