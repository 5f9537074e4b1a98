package dev.hapax.learning;

import dev.hapax.tensor.Tensor;
import dev.hapax.text.Word;
import java.util.Map;

/**
 * Runs the model for one training step.
 *
 * @param <P> what it shows
 */
public interface Forward<P extends Pass> {
    /** The vectors a word starts from: (cells * vectors, width), fp32. */
    Tensor initial(Word word);

    /**
     * What the weights start from that the method also moves, by name, fp32; the model's own are not written to.
     *
     * @throws IllegalArgumentException if it moves weights that cannot be moved here
     */
    default Map<String, Tensor> initialWeights(Method<P> method) {
        if (!method.tuning().isNone()) {
            throw new IllegalArgumentException(method.name() + " moves weights, and here only words can be learned");
        }
        return Map.of();
    }

    /**
     * Checks a method before anything is spent: every prompt holds every word, no word collides with the vocabulary.
     *
     * @throws IllegalArgumentException in one line
     */
    void check(Method<P> method);

    /** The pass of a step with what was learned so far; all its randomness follows from the seed and {@code step}. */
    P pass(Method<P> method, Learned learned, long step);
}
