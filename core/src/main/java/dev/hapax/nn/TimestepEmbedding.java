package dev.hapax.nn;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Tensor;

/** Two linear layers that turn a timestep's sinusoids into what a network is conditioned on (Ho et al. 2020). */
public record TimestepEmbedding(Linear linear1, Activation activation, Linear linear2) {

    /** Takes {@code linear_1} and {@code linear_2}, diffusers' names. */
    public static TimestepEmbedding of(Weights weights, long in, long hidden, long out, Activation activation) {
        return new TimestepEmbedding(
                Linear.of(weights.at("linear_1"), in, hidden),
                activation,
                Linear.of(weights.at("linear_2"), hidden, out));
    }

    /** (b, in) to (b, out). */
    public Tensor apply(Tensor x) {
        return linear2.apply(activation.apply(linear1.apply(x)));
    }
}
