package dev.hapax.vision;

import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * What DINO says about pictures.
 *
 * @param states what goes into the first layer and what comes out of each, not normalised: (b, 1 + patches, width) each
 * @param last the last of them after the last norm, class token first, then the patches row by row: (b, 1 + patches,
 *     width)
 */
public record DinoEncoding(List<Tensor> states, Tensor last) {
    /** Copies the list. */
    public DinoEncoding {
        states = List.copyOf(states);
    }

    /** The class token, DINO's feature of a whole picture: (b, width). */
    public Tensor cls() {
        return last.select(1, 0);
    }
}
