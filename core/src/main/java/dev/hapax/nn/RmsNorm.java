package dev.hapax.nn;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;

/**
 * Division by the root of the mean square over the last axis (Zhang and Sennrich 2019), which T5 has in place of layer
 * normalisation.
 *
 * @param weight (width)
 */
public record RmsNorm(Tensor weight, double epsilon) {

    /** Takes {@code weight}. */
    public static RmsNorm of(Weights weights, long width, double epsilon) {
        return new RmsNorm(weights.get("weight", width), epsilon);
    }

    /** (..., width) to the same shape. */
    public Tensor apply(Tensor x) {
        return Functional.rmsNorm(x, weight, epsilon);
    }
}
