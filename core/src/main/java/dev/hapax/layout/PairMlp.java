package dev.hapax.layout;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Activation;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * The network that says where two things stand (Zhang et al. 2024, equation 8, {@code (l_i, l_j) = MLP(e_i, e_j)}): each
 * noun's vector goes through one linear layer, the same for both, and a GELU; the two side by side go through another
 * linear layer and a sigmoid. The paper leaves the form open; width and activation are those of a class in the authors'
 * code that they do not use. The boxes' numbers are DETR's, so that edges cannot come out in the wrong order: our choice.
 *
 * @param noun (hidden, width)
 * @param boxes (8, 2 hidden)
 */
public record PairMlp(Linear noun, Linear boxes) {
    /** The width between the layers: the authors' code. */
    public static final int HIDDEN = 64;

    private static final int NUMBERS = 4; // of a box

    /** Takes {@code noun} and {@code boxes}. */
    public static PairMlp of(Weights weights, long width) {
        return new PairMlp(
                Linear.of(weights.at("noun"), width, HIDDEN),
                Linear.of(weights.at("boxes"), 2L * HIDDEN, 2L * NUMBERS));
    }

    /**
     * The boxes of pairs.
     *
     * @param nouns vectors of nouns, (nouns, width)
     * @param first the row of each pair's first noun, (pairs), int64
     * @param second the row of its second one, (pairs), int64
     * @return (pairs, 2, 4): centre x, centre y, width and height of the first and of the second, each in (0, 1)
     */
    public Tensor apply(Tensor nouns, Tensor first, Tensor second) {
        Tensor hidden = Activation.GELU.apply(noun.apply(nouns)); // (nouns, hidden)
        Tensor both = Tensor.cat(List.of(hidden.indexSelect(0, first), hidden.indexSelect(0, second)), 1);
        return boxes.apply(both).sigmoid().reshape(-1, 2, NUMBERS);
    }
}
