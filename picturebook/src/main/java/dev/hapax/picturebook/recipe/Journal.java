package dev.hapax.picturebook.recipe;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** The training log: one JSON line per {@link #EVERY} steps in a file, and one readable line for whoever watches. */
final class Journal {
    static final int EVERY = 50;

    private final Path file;
    private final PrintStream watcher;
    private double sum;
    private int count;
    private long since = System.nanoTime();

    Journal(Path file, PrintStream watcher) {
        this.file = file;
        this.watcher = watcher;
    }

    void step(Plan plan, long step, double loss) throws IOException {
        sum += loss;
        count++;
        if ((step + 1) % EVERY != 0 && step + 1 != plan.steps()) {
            return;
        }
        double seconds = (System.nanoTime() - since) / 1e9;
        double perSecond = count * plan.batch() / seconds;
        long left = Math.round((plan.steps() - step - 1) * seconds / count);
        String line = String.format(
                Locale.ROOT,
                "{\"stage\":\"%s\",\"step\":%d,\"samples\":%d,\"loss\":%.6f,\"rate\":%.3e,\"samples_per_second\":%.1f}%n",
                plan.name(),
                step + 1,
                (step + 1) * plan.batch(),
                sum / count,
                plan.rate(step),
                perSecond);
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        watcher.printf(
                Locale.ROOT,
                "%s %d/%d loss %.4f, %.1f samples/s, %d:%02d:%02d left%n",
                plan.name(),
                step + 1,
                plan.steps(),
                sum / count,
                perSecond,
                left / 3600,
                left / 60 % 60,
                left % 60);
        sum = 0;
        count = 0;
        since = System.nanoTime();
    }

    void say(String message) {
        watcher.println(message);
    }
}
