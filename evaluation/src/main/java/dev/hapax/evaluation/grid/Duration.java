package dev.hapax.evaluation.grid;

import java.util.Locale;

/** Times for people. */
final class Duration {
    private Duration() {}

    /** For example {@code 45 s}, {@code 12:05 min} or {@code 3:20 h}. */
    static String text(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d h", whole / 3600, whole / 60 % 60);
    }
}
