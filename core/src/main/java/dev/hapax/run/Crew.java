package dev.hapax.run;

import dev.hapax.tensor.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Does pieces of work on several threads, each of which computes on its own, so that results do not depend on how many
 * there are.
 *
 * @param workers how many threads
 */
public record Crew(int workers) {

    /**
     * Does all the work. If a piece fails, those that wait are dropped and those that run are waited for: they compute with
     * what the caller frees next.
     *
     * @param work a piece; may run on any thread, and leaves no tensors behind
     * @param done takes the results in order, on the calling thread
     */
    public <T, R> void run(List<T> pieces, Function<T, R> work, Consumer<R> done) {
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Future<R>> running = new ArrayList<>();
            for (T piece : pieces) {
                running.add(threads.submit(() -> {
                    Engine.setThreads(1); // of the thread that runs this
                    return work.apply(piece);
                }));
            }
            running.forEach(result -> done.accept(join(result)));
        } finally {
            threads.shutdownNow();
            awaitEnd(threads);
        }
    }

    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static <R> R join(Future<R> result) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a worker failed: " + e.getCause(), e);
        }
    }
}
