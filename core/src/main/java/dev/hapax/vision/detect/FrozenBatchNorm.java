package dev.hapax.vision.detect;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
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

    /** One convolution that does what a convolution without bias and this norm after it do: a pass over the image less. */
    Conv2d after(Conv2d convolution) {
        Tensor scale = weight.over(variance.plus(EPSILON).sqrt()); // (channels)
        return new Conv2d(
                convolution.weight().times(scale.reshape(-1, 1, 1, 1)),
                bias.minus(mean.times(scale)),
                convolution.stride(),
                convolution.padding());
    }
}
