package dev.hapax.text;

import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What a text encoder says about prompts.
 *
 * @param hidden the embedding output and the output of each layer, none of them normalised: each (b, tokens, width)
 * @param last the last of them after the final norm: (b, tokens, width); what Stable Diffusion 1.x and 2.x read
 * @param pooled the rows of {@code last} at the end tokens: (b, width)
 * @param projected {@code pooled} in the space shared with images: (b, projection); empty for an encoder without one
 */
public record TextEncoding(List<Tensor> hidden, Tensor last, Tensor pooled, Optional<Tensor> projected) {
    /** Keeps a copy of the list. */
    public TextEncoding {
        hidden = List.copyOf(hidden);
    }

    /** One of the hidden states: 0 is the embedding output, -1 the last layer, -2 the one before (SDXL). */
    public Tensor hidden(int layer) {
        return hidden.get(layer < 0 ? hidden.size() + layer : layer);
    }
}
