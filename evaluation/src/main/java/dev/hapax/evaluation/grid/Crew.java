package dev.hapax.evaluation.grid;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Threads that stop together: when they are told to, when the caller is interrupted, or when one of them fails. */
final class Crew {
    private final BooleanSupplier stop;
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean interrupted;

    Crew(BooleanSupplier stop) {
        this.stop = stop;
    }

    /** What one thread does. */
    @FunctionalInterface
    interface Task {
        void run(int thread) throws Exception;
    }

    /** Whether nothing new is to be begun. */
    boolean isStopped() {
        return interrupted || !failures.isEmpty() || stop.getAsBoolean();
    }

    /** Waits for all threads, also after an interrupt, because native work cannot be interrupted; then passes it on. */
    void run(int size, Task task) {
        ExecutorService threads = Executors.newFixedThreadPool(size);
        for (int i = 0; i < size; i++) {
            int thread = i;
            threads.execute(() -> {
                try {
                    task.run(thread);
                } catch (Throwable e) {
                    failures.add(e);
                }
            });
        }
        threads.shutdown();
        while (!isOver(threads)) {
            // interrupted: the threads end after what they have begun
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        failures.stream().findFirst().ifPresent(Crew::rethrow);
    }

    private boolean isOver(ExecutorService threads) {
        try {
            return threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        }
    }

    private static void rethrow(Throwable cause) {
        if (cause instanceof RuntimeException known) {
            throw known;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException("a worker failed: " + cause, cause);
    }
}
