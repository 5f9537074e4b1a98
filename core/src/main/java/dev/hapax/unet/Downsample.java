package dev.hapax.unet;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;

/** Halves the resolution with a strided 3x3 convolution. */
record Downsample(Conv2d conv) {

    static Downsample of(UNetConfig config, Weights weights, int channels) {
        return new Downsample(Conv2d.of(weights.at("conv"), channels, channels, 3, 2, config.downPadding()));
    }

    /** (b, channels, h, w) to (b, channels, about h / 2, about w / 2). */
    Tensor apply(Tensor x) {
        return conv.apply(conv.padding() == 0 ? Functional.pad(x, 0, 1, 0, 1, 0) : x);
    }
}
