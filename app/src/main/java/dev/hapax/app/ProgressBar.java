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
    private boolean open;

    ProgressBar(PrintStream err, boolean terminal, InstantSource clock, String job, double total) {
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
        this.job = job;
        this.total = total;
        this.start = clock.instant();
    }

    /**
     * So much more is done, where what is left cannot be counted from it.
     *
     * @param seconds that it will still take; empty if nobody knows, and then no time is told
     */
    public synchronized void advance(double work, String note, OptionalDouble seconds) {
        add(work);
        tell(note, seconds);
    }

    /** So much more is done; {@code note} says what is going on, or is empty. */
    public synchronized void advance(double work, String note) {
        add(work);
        double elapsed = elapsed(clock.instant());
        tell(note, done > 0 ? OptionalDouble.of(elapsed * (total - done) / done) : OptionalDouble.empty());
    }

    private void add(double work) {
        done = done + work > total * ALMOST ? total : done + work;
    }

    private void tell(String note, OptionalDouble seconds) {
        Instant now = clock.instant();
        if (terminal) {
            if (done >= total
                    || Duration.between(drawn.equals(Instant.MIN) ? start : drawn, now)
                                    .compareTo(REDRAW)
                            > 0) {
                drawn = now;
                open = true;
                err.print("\r" + padded(line(note, now, seconds)));
                err.flush();
            }
        } else if (isWorthALine(now)) {
            tenth = (int) (done / total * TENTHS);
            drawn = now;
            err.println(line(note, now, seconds));
        }
    }

    private boolean isWorthALine(Instant now) {
        return drawn.equals(Instant.MIN)
                || (int) (done / total * TENTHS) > tenth
                || Duration.between(drawn, now).compareTo(SILENCE) >= 0;
    }

    private String line(String note, Instant now, OptionalDouble seconds) {
        double share = done / total;
        int filled = (int) Math.round(share * WIDTH);
        String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
        String time = done >= total
                ? "  " + clock(Math.round(elapsed(now))) + " in all"
                : seconds.isPresent() ? "  " + clock(Math.round(seconds.getAsDouble())) + " left" : "";
        return String.format(
                Locale.ROOT, "%s %s %3.0f %%%s%s", job, bar, share * 100, time, note.isEmpty() ? "" : "  " + note);
    }

    private double elapsed(Instant now) {
        return Duration.between(start, now).toMillis() / 1e3;
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
