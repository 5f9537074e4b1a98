package dev.hapax.vision;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * A hidden layer of gated units: {@code out(silu(g) * h)} where {@code (g, h) = in(x)} (SwiGLU, Shazeer 2020), as the
 * largest DINOv2 has it.
 *
 * @param in width to twice the hidden width
 * @param out hidden width to width
 */
record SwiGlu(Linear in, Linear out) {

    /**
     * Takes {@code weights_in} and {@code weights_out}.
     *
     * @param inner hidden width of the plain layer that this one stands for; two thirds of it, rounded up to a multiple
     *     of 8, give as many parameters
     */
    static SwiGlu of(Weights weights, int width, int inner) {
        int hidden = (inner * 2 / 3 + 7) / 8 * 8;
        return new SwiGlu(
                Linear.of(weights.at("weights_in"), width, 2L * hidden),
                Linear.of(weights.at("weights_out"), hidden, width));
    }

    /** (b, tokens, width) to the same shape. */
    Tensor apply(Tensor x) {
        List<Tensor> halves = in.apply(x).chunk(2, -1); // 2 of (b, tokens, hidden)
        return out.apply(Functional.silu(halves.get(0)).times(halves.get(1)));
    }
}
