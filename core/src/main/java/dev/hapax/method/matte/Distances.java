package dev.hapax.method.matte;

import dev.hapax.tensor.Tensor;

/** Distances of vectors, differentiable at 0. */
final class Distances {
    private static final double GUARD = 1e-16; // a distance of 1e-8, below which gradients fade out

    private Distances() {}

    static Tensor between(Tensor a, Tensor b) {
        return a.minus(b).square().sum().plus(GUARD).sqrt();
    }

    static Tensor cosine(Tensor a, Tensor b) {
        Tensor lengths = a.square().sum().times(b.square().sum()).plus(GUARD).sqrt();
        return a.times(b).sum().over(lengths);
    }
}
