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

    /** The first so many tokens pass no gradient through the keys and values that are made of them; usually 0. */
    default int held() {
        return 0;
    }

    /**
     * The same text with its first tokens {@linkplain #held() held}. What is computed does not change, its gradients do:
     * Custom Diffusion (Kumari et al. 2023, official code) holds the start token.
     */
    default TextContext holding(int first) {
        return new ReadText(this, first, reading());
    }

    /** How layers make keys and values of it. */
    default Reading reading() {
        return Reading.ANEW;
    }

    /** The same text, of which layers make keys and values in another way. */
    default TextContext readBy(Reading how) {
        return new ReadText(this, held(), how);
    }

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
