package dev.hapax.nn;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * {@code x W^T + b} over the last axis.
 *
 * @param weight (out, in)
 * @param bias (out), or null
 */
public record Linear(Tensor weight, @Nullable Tensor bias) {

    /** Takes {@code weight} and {@code bias}. */
    public static Linear of(Weights weights, long in, long out) {
        return new Linear(weights.get("weight", out, in), weights.get("bias", out));
    }

    /** Takes {@code weight} alone. */
    public static Linear withoutBias(Weights weights, long in, long out) {
        return new Linear(weights.get("weight", out, in), null);
    }

    /** (..., in) to (..., out). */
    public Tensor apply(Tensor x) {
        return Functional.linear(x, weight, bias);
    }
}
