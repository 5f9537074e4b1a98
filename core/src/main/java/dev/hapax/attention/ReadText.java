package dev.hapax.attention;

import dev.hapax.tensor.Tensor;

/**
 * A text that layers take in another way.
 *
 * @param text of each layer
 * @param held as {@link TextContext#held()} says
 * @param reading how layers make keys and values of it
 */
record ReadText(TextContext text, int held, Reading reading) implements TextContext {
    @Override
    public Tensor at(int layer) {
        return text.at(layer);
    }
}
