package dev.hapax.evaluation.grid;

import java.util.function.BooleanSupplier;

/** Somebody was told to stop while it waited. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StoppedException() {
        super("stopped");
    }

    static void check(BooleanSupplier stop) {
        if (stop.getAsBoolean()) {
            throw new StoppedException();
        }
    }
}
