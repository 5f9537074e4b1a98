package dev.hapax.picturebook.check;

import dev.hapax.run.Crew;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Does numbered pieces of work and tells how far it is.
 *
 * @param workers threads
 * @param watcher hears what is done and how long the rest will take
 */
record WatchedCrew(int workers, Consumer<String> watcher) {
    private static final long TELL_EVERY_NANOS = 5_000_000_000L;

    /** The results of pieces 0 to {@code count - 1}, in order; none may hold tensors. */
    <T> List<T> results(String task, int count, IntFunction<T> piece) {
        List<T> results = new ArrayList<>();
        long start = System.nanoTime();
        long[] told = {start};
        new Crew(workers).run(IntStream.range(0, count).boxed().toList(), piece::apply, result -> {
            results.add(result);
            long now = System.nanoTime();
            if (now - told[0] > TELL_EVERY_NANOS || results.size() == count) {
                told[0] = now;
                watcher.accept(line(task, results.size(), count, now - start));
            }
        });
        return results;
    }

    private static String line(String task, int done, int count, long nanos) {
        long left = Math.round(nanos / 1e9 / done * (count - done));
        return String.format(Locale.ROOT, "%s %d/%d, %d:%02d left", task, done, count, left / 60, left % 60);
    }
}
