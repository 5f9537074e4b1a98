package dev.hapax.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Holds the end of the process back until the work under way is done, because native code that is torn down in the middle
 * crashes. While it is open, ending the process (Ctrl-C, SIGTERM) turns {@link #getAsBoolean} true and waits until it is
 * closed, after whatever there is to save and to say about it, or for {@value #PATIENCE_SECONDS} seconds.
 */
public final class StopOnExit implements BooleanSupplier, AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::hold, "stop");
    private final Runnable tooLate;
    private volatile boolean requested;

    /** Watches for the end of this process. */
    public StopOnExit() {
        this(() -> {});
    }

    /**
     * Watches for the end of this process.
     *
     * @param tooLate called when the work under way takes too long and the process ends without it
     */
    public StopOnExit(Runnable tooLate) {
        this.tooLate = tooLate;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the process was told to end. */
    @Override
    public boolean getAsBoolean() {
        return requested;
    }

    /** What the end of the process does: asks for the stop and waits for it. */
    public void hold() {
        requested = true;
        try {
            if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                tooLate.run();
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
