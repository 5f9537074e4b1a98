package dev.hapax.evaluation.grid;

/** A grid was told to stop before its end. What was computed is kept. */
public final class GridStoppedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    GridStoppedException(int done, int cells) {
        super("stopped after " + done + " of " + cells + " cells; run the same again to go on from there");
    }
}
