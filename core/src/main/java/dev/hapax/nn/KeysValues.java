package dev.hapax.nn;

import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * What queries look at in attention, (b, heads, tokens, width of a head) each. Kept apart, so that those of tokens that do
 * not change are computed once.
 */
public record KeysValues(Tensor keys, Tensor values) {

    /** These tokens and then others. */
    public KeysValues and(KeysValues later) {
        return new KeysValues(Tensor.cat(List.of(keys, later.keys), 2), Tensor.cat(List.of(values, later.values), 2));
    }

    /** The number of tokens. */
    public long tokens() {
        return keys.size(2);
    }
}
