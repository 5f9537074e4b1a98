package dev.hapax.vision.detect;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.tensor.Tensor;

/**
 * A convolution without bias that keeps the size but for its stride, and a frozen batch normalisation.
 *
 * @param convolution comes first
 * @param norm follows
 */
record ConvNorm(Conv2d convolution, FrozenBatchNorm norm) {

    /** Takes {@code convolution} and {@code normalization}. */
    static ConvNorm of(Weights weights, long in, long out, int kernel, int stride) {
        Tensor weight = weights.at("convolution").get("weight", out, in, kernel, kernel);
        return new ConvNorm(
                new Conv2d(weight, null, stride, kernel / 2), FrozenBatchNorm.of(weights.at("normalization"), out));
    }

    /** (b, in, h, w) to (b, out, h / stride, w / stride), sizes rounded up. */
    Tensor apply(Tensor x) {
        return norm.after(convolution).apply(x);
    }
}
