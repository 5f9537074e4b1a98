package dev.hapax.learning;

import dev.hapax.text.Lexicon;

/**
 * Looks at the words between two steps and may change what the losses ask for. What it changes belongs to a loss, whose
 * {@link LossTerm#memory()} is saved with the run; so it is asked again, with the same result, when a run goes on.
 */
@FunctionalInterface
public interface Feedback {
    /** Looks at nothing and goes on. */
    Feedback NONE = (step, words) -> true;

    /**
     * Called before each step.
     *
     * @param step that comes next, from 0
     * @param words as they are now
     * @return whether to go on; otherwise learning is done
     */
    boolean goOn(long step, Lexicon words);
}
