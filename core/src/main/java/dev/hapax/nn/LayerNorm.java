package dev.hapax.nn;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;

/**
 * Layer normalisation (Ba et al. 2016) over the last axis.
 *
 * @param weight (width)
 * @param bias (width)
 */
public record LayerNorm(Tensor weight, Tensor bias, double epsilon) {

    /** Takes {@code weight} and {@code bias}. */
    public static LayerNorm of(Weights weights, long width, double epsilon) {
        return new LayerNorm(weights.get("weight", width), weights.get("bias", width), epsilon);
    }

    /** (..., width) to the same shape. */
    public Tensor apply(Tensor x) {
        return Functional.layerNorm(x, weight, bias, epsilon);
    }
}
