package dev.hapax.learning;

import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;

/**
 * Runs the frozen model for one training step.
 *
 * @param <P> what it shows
 */
public interface Forward<P extends Pass> {
    /** The vectors a word starts from: (vectors, width), fp32. */
    dev.hapax.tensor.Tensor initial(Word word);

    /**
     * Checks a method before anything is spent: every prompt holds every word, no word collides with the vocabulary.
     *
     * @throws IllegalArgumentException in one line
     */
    void check(Method<P> method);

    /** The pass of a step; all its randomness follows from the seed and {@code step}. */
    P pass(Method<P> method, Lexicon words, long step);
}
