package dev.hapax.attention;

import dev.hapax.tensor.Tensor;
import java.util.List;

/** The text that a U-Net reads. Each cross-attention layer asks for its own: in P+ and MATTE they differ. */
@FunctionalInterface
public interface TextContext {
    /**
     * The encoded text for the layer with this {@linkplain AttentionLayer#index() index}.
     *
     * @return (b, tokens, width)
     */
    Tensor at(int layer);

    /** The same text (b, tokens, width) for every layer. */
    static TextContext of(Tensor text) {
        return layer -> text;
    }

    /** A text (b, tokens, width) of its own for each layer, in execution order; tokens may differ in number. */
    static TextContext perLayer(List<Tensor> texts) {
        List<Tensor> copy = List.copyOf(texts);
        return layer -> {
            if (layer >= copy.size()) {
                throw new IllegalArgumentException("the model asks for the text of layer " + layer
                        + ", but there are only " + copy.size() + " texts; give one for each cross-attention layer");
            }
            return copy.get(layer);
        };
    }
}
