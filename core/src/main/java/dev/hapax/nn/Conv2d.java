package dev.hapax.nn;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A convolution with a square kernel.
 *
 * @param weight (out, in, k, k)
 * @param bias (out), or null
 * @param stride step in pixels, both ways
 * @param padding zeros added on each side
 */
public record Conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {

    /** A convolution that keeps the size: stride 1, padding k / 2. */
    public static Conv2d of(Weights weights, long in, long out, int kernel) {
        return of(weights, in, out, kernel, 1, kernel / 2);
    }

    /** A convolution with the given stride and padding. */
    public static Conv2d of(Weights weights, long in, long out, int kernel, int stride, int padding) {
        return new Conv2d(weights.get("weight", out, in, kernel, kernel), weights.get("bias", out), stride, padding);
    }

    /** (b, in, h, w) to (b, out, h', w'). */
    public Tensor apply(Tensor x) {
        return Functional.conv2d(x, weight, bias, stride, padding);
    }
}
