package dev.hapax.attention;

import dev.hapax.nn.Linear;
import dev.hapax.tensor.Tensor;

/** How a text becomes the keys or the values of a layer. */
@FunctionalInterface
public interface Reading {
    /** Computed each time. */
    Reading ANEW = Linear::apply;

    /**
     * Keys or values.
     *
     * @param part the layer's matrix for keys, or that for values
     * @param text (b, tokens, width)
     * @return {@code part.apply(text)}: (b, tokens, heads x d)
     */
    Tensor of(Linear part, Tensor text);
}
