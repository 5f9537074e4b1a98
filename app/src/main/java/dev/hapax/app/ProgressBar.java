package dev.hapax.app;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Tells how far a job is and how long it will still take: a bar that is drawn over where somebody watches, otherwise a
 * line when the first work is done, for every tenth, and when five minutes went by without one. Several threads may
 * report.
 */
public final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 28;
    private static final int LINE = 100;
    private static final Duration REDRAW = Duration.ofMillis(120);
    private static final Duration SILENCE = Duration.ofMinutes(5);
    private static final int TENTHS = 10;
    private static final double ALMOST = 1 - 1e-9; // sums of fractions end a little short

    private final PrintStream err;
    private final boolean terminal;
    private final InstantSource clock;
    private final String job;
    private final double total;
    private final Instant start;
    private Instant drawn = Instant.MIN;
    private double done;
    private int tenth;
    private OptionalDouble secondsLeft = OptionalDouble.empty();
    private boolean open;

    ProgressBar(PrintStream err, boolean terminal, InstantSource clock, String job, double total) {
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
        this.job = job;
        this.total = total;
        this.start = clock.instant();
    }

    /** As {@link #advance(double, String)}, where it is known better than by counting how long it will still take. */
    public synchronized void advance(double work, String note, OptionalDouble seconds) {
        secondsLeft = seconds;
        advance(work, note);
    }

    /** So much more is done; {@code note} says what is going on, or is empty. */
    public synchronized void advance(double work, String note) {
        done = done + work > total * ALMOST ? total : done + work;
        Instant now = clock.instant();
        if (terminal) {
            if (done >= total
                    || Duration.between(drawn.equals(Instant.MIN) ? start : drawn, now)
                                    .compareTo(REDRAW)
                            > 0) {
                drawn = now;
                open = true;
                err.print("\r" + padded(line(note, now)));
                err.flush();
            }
        } else if (isWorthALine(now)) {
            tenth = (int) (done / total * TENTHS);
            drawn = now;
            err.println(line(note, now));
        }
    }

    private boolean isWorthALine(Instant now) {
        return drawn.equals(Instant.MIN)
                || (int) (done / total * TENTHS) > tenth
                || Duration.between(drawn, now).compareTo(SILENCE) >= 0;
    }

    private String line(String note, Instant now) {
        double share = done / total;
        int filled = (int) Math.round(share * WIDTH);
        String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
        double elapsed = Duration.between(start, now).toMillis() / 1e3;
        long left = Math.round(secondsLeft.orElse(share > 0 ? elapsed * (1 - share) / share : 0));
        String time = done >= total ? clock(Math.round(elapsed)) + " in all" : clock(left) + " left";
        return String.format(
                Locale.ROOT, "%s %s %3.0f %%  %s%s", job, bar, share * 100, time, note.isEmpty() ? "" : "  " + note);
    }

    private static String clock(long seconds) {
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private static String padded(String line) {
        return line.length() >= LINE ? line.substring(0, LINE) : line + " ".repeat(LINE - line.length());
    }

    /** Ends the line. */
    @Override
    public synchronized void close() {
        if (open) {
            err.println();
            open = false;
        }
    }
}
