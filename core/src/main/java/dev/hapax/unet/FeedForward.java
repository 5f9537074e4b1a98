package dev.hapax.unet;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * A hidden layer four times as wide with gated units: {@code out(h * gelu(g))} where {@code (h, g) = in(x)} (GEGLU,
 * Shazeer 2020).
 */
record FeedForward(Linear in, Linear out) {
    static final int EXPANSION = 4; // diffusers: FeedForward(mult=4)

    static FeedForward of(Weights weights, int width) {
        int hidden = EXPANSION * width;
        return new FeedForward(
                Linear.of(weights.at("net.0.proj"), width, 2L * hidden), Linear.of(weights.at("net.2"), hidden, width));
    }

    /** (b, pixels, width) to the same shape. */
    Tensor apply(Tensor x) {
        return Scope.run(() -> {
            List<Tensor> halves = in.apply(x).chunk(2, -1); // 2 of (b, pixels, hidden)
            return out.apply(halves.get(0).times(Functional.gelu(halves.get(1))));
        });
    }
}
