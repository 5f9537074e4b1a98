package dev.hapax.nn;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;

/**
 * Group normalisation (Wu and He 2018).
 *
 * @param weight (channels)
 * @param bias (channels)
 */
public record GroupNorm(Tensor weight, Tensor bias, int groups, double epsilon) {

    /** Takes {@code weight} and {@code bias}. */
    public static GroupNorm of(Weights weights, long channels, int groups, double epsilon) {
        return new GroupNorm(weights.get("weight", channels), weights.get("bias", channels), groups, epsilon);
    }

    /** (b, channels, ...) to the same shape. */
    public Tensor apply(Tensor x) {
        return Functional.groupNorm(x, groups, weight, bias, epsilon);
    }
}
