package dev.hapax.unet;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;

/** Repeats pixels up to the next finer resolution, then smooths with a 3x3 convolution. */
record Upsample(Conv2d conv) {

    static Upsample of(Weights weights, int channels) {
        return new Upsample(Conv2d.of(weights.at("conv"), channels, channels, 3));
    }

    /** (b, channels, h, w) to (b, channels, height, width): twice as large, or one less if the way down rounded. */
    Tensor apply(Tensor x, long height, long width) {
        return Scope.run(() -> conv.apply(Functional.resizeNearest(x, height, width)));
    }
}
