package dev.hapax.attention;

import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * One map per text token: how much each pixel attended to it.
 *
 * @param values (b, tokens, height, width)
 */
public record TokenMaps(Tensor values) {
    /** Checks the rank. */
    public TokenMaps {
        Shape.require("token maps", values.shape(), -1, -1, -1, -1);
    }

    /**
     * The map of a word: the mean over its tokens' positions, the same in every text of the batch.
     *
     * @return (b, height, width)
     */
    public Tensor of(int... positions) {
        return mean(values, positions); // (b, h, w)
    }

    /**
     * The map of a word that stands elsewhere in each text.
     *
     * @param positions for each text of the batch, the positions of the word's tokens
     * @return (b, height, width)
     */
    public Tensor of(List<int[]> positions) {
        if (positions.size() != values.size(0)) {
            throw new IllegalArgumentException(
                    "positions are given for " + positions.size() + " texts, the batch has " + values.size(0));
        }
        List<Tensor> maps = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            maps.add(mean(values.narrow(0, i, 1), positions.get(i))); // (1, h, w)
        }
        return Tensor.cat(maps, 0); // (b, h, w)
    }

    private static Tensor mean(Tensor values, int[] positions) {
        if (positions.length == 0) {
            throw new IllegalArgumentException("the map of a word needs at least one token position");
        }
        long[] indices = new long[positions.length];
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] < 0 || positions[i] >= values.size(1)) {
                throw new IllegalArgumentException(
                        "token position " + positions[i] + " is outside the text of " + values.size(1) + " tokens");
            }
            indices[i] = positions[i];
        }
        Tensor rows = Tensor.of(indices, indices.length).to(values.device());
        return values.indexSelect(1, rows).mean(false, 1);
    }
}
