package dev.hapax.vision.detect;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Tensor;

/**
 * Batch normalisation (Ioffe and Szegedy 2015) with the statistics of an earlier training: per channel {@code (x - mean)
 * / sqrt(var + epsilon) * weight + bias}. DETR keeps all four as they are (Carion et al. 2020, section 4).
 *
 * @param weight (channels)
 * @param bias (channels)
 * @param mean (channels)
 * @param variance (channels)
 */
record FrozenBatchNorm(Tensor weight, Tensor bias, Tensor mean, Tensor variance) {
    private static final double EPSILON = 1e-5; // of DETR's and transformers' frozen batch normalisation

    /** Takes {@code weight}, {@code bias}, {@code running_mean} and {@code running_var}. */
    static FrozenBatchNorm of(Weights weights, long channels) {
        return new FrozenBatchNorm(
                weights.get("weight", channels),
                weights.get("bias", channels),
                weights.get("running_mean", channels),
                weights.get("running_var", channels));
    }

    /** (b, channels, h, w) to the same shape. */
    Tensor apply(Tensor x) {
        Tensor scale = weight.over(variance.plus(EPSILON).sqrt()); // (channels)
        Tensor shift = bias.minus(mean.times(scale));
        return x.times(perChannel(scale)).plus(perChannel(shift));
    }

    private static Tensor perChannel(Tensor values) {
        return values.reshape(1, -1, 1, 1);
    }
}
