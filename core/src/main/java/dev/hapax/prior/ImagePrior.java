package dev.hapax.prior;

import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;

/**
 * Tells from a prompt where CLIP would place its picture. All are frozen and differentiable in the prompt.
 *
 * <p>{@link UnclipPrior}, {@link OneStepPrior}, {@link LinearPrior}, {@link TextPrior}.
 */
public interface ImagePrior extends AutoCloseable {
    /** What it is good for, in one line for people. */
    String purpose();

    /** The width of what it draws. */
    int width();

    /**
     * Draws an embedding for each prompt; keeps the graph.
     *
     * @param text b prompts; with padding cut off or not
     * @param rng the run's randomness
     * @param step tells one draw from another
     * @return on CLIP's own scale, (b, {@link #width()})
     * @throws IllegalArgumentException if the prompts are not of the width that it reads
     */
    Tensor draw(TextCondition text, Rng rng, long step);

    /** Frees what it keeps. */
    @Override
    default void close() {}
}
