package dev.hapax.evaluation.report;

import dev.hapax.evaluation.statistics.Interval;
import java.util.Locale;

/**
 * A column of a table.
 *
 * @param name short, for the heading
 * @param meaning what is measured: formula, model, unit
 * @param better which values are better
 * @param decimals how many are shown, 0 to 9; files for programs hold all of them
 */
public record Measure(String name, String meaning, Better better, int decimals) {
    /** Checks the decimals. */
    public Measure {
        if (decimals < 0 || decimals > 9) {
            throw new IllegalArgumentException(name + " is shown with 0 to 9 decimals, got " + decimals);
        }
    }

    /** The name with an arrow to where it is better. */
    String heading() {
        return (name + " " + better.arrow()).strip();
    }

    /** The mean as it is shown. */
    String mean(Interval value) {
        return decimals(value.mean(), decimals);
    }

    /** The ends as they are shown; empty for a single value, which has no spread. */
    String ends(Interval value) {
        return value.n() == 1 ? "" : decimals(value.low(), decimals) + " to " + decimals(value.high(), decimals);
    }

    static String decimals(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return text.matches("-0(\\.0+)?") ? text.substring(1) : text;
    }
}
