package dev.hapax.picturebook.check;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.nn.GroupNorm;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;

/** A residual block that normalises before each of its two convolutions (He et al. 2016b) and keeps the size. */
record ReaderBlock(GroupNorm norm1, Conv2d conv1, GroupNorm norm2, Conv2d conv2) {
    private static final double EPSILON = 1e-5; // PyTorch's default

    static ReaderBlock of(Weights weights, int channels, int groups) {
        return new ReaderBlock(
                norm(weights.at("norm1"), channels, groups),
                Conv2d.of(weights.at("conv1"), channels, channels, 3),
                norm(weights.at("norm2"), channels, groups),
                Conv2d.of(weights.at("conv2"), channels, channels, 3));
    }

    static GroupNorm norm(Weights weights, int channels, int groups) {
        return GroupNorm.of(weights, channels, groups, EPSILON);
    }

    /** (b, channels, h, w) to the same shape. */
    Tensor apply(Tensor x) {
        Tensor inner = conv1.apply(Functional.silu(norm1.apply(x)));
        return x.plus(conv2.apply(Functional.silu(norm2.apply(inner))));
    }
}
