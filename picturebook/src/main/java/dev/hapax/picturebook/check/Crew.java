package dev.hapax.picturebook.check;

import dev.hapax.tensor.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Does numbered pieces of work, on several threads with single-threaded operations, which suits small models best.
 *
 * @param workers threads
 * @param watcher hears what is done and how long the rest will take
 */
record Crew(int workers, Consumer<String> watcher) {
    private static final long TELL_EVERY_NANOS = 5_000_000_000L;

    /** The results of pieces 0 to {@code count - 1}, in order; none may hold tensors. */
    <T> List<T> results(String task, int count, IntFunction<T> piece) {
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    Engine.setThreads(1);
                    return piece.apply(number);
                }));
            }
            return collect(task, running);
        } finally {
            threads.shutdownNow();
        }
    }

    private <T> List<T> collect(String task, List<Future<T>> running) {
        List<T> results = new ArrayList<>();
        long start = System.nanoTime();
        long told = start;
        for (Future<T> future : running) {
            results.add(join(future));
            long now = System.nanoTime();
            if (now - told > TELL_EVERY_NANOS || results.size() == running.size()) {
                told = now;
                long left = Math.round((now - start) / 1e9 / results.size() * (running.size() - results.size()));
                watcher.accept(String.format(
                        Locale.ROOT,
                        "%s %d/%d, %d:%02d left",
                        task,
                        results.size(),
                        running.size(),
                        left / 60,
                        left % 60));
            }
        }
        return results;
    }

    private static <T> T join(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
