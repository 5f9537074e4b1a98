package dev.hapax.picturebook.recipe;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds the end of the process back until the step under way is done. Native code that is torn down in the middle of a
 * computation crashes; and nothing of what was trained shall be lost.
 */
final class Stop implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::hold, "stop");
    private volatile boolean requested;

    Stop() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the process was told to stop. */
    boolean requested() {
        return requested;
    }

    void hold() {
        requested = true;
        try {
            if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("the step under way takes too long; stopping without it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the process end. */
    @Override
    public void close() {
        closed.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the process is ending already, and the hook finds the latch open
            }
        }
    }
}
