package dev.hapax.text;

import dev.hapax.tensor.Tensor;

/** Makes the vectors of a word of other parameters, which are learned in their place. */
public interface RowMaker {
    /**
     * What the parameters start from.
     *
     * @param start the embedding that the word starts from, (1, width)
     * @return (n, width), fp32
     */
    Tensor initial(Tensor start);

    /**
     * The vectors.
     *
     * @param parameters (n, width)
     * @return (cells, width), differentiable in the parameters
     */
    Tensor rows(Tensor parameters);
}
