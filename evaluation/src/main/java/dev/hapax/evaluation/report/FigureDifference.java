package dev.hapax.evaluation.report;

import dev.hapax.evaluation.statistics.Interval;
import java.util.Optional;

/**
 * A figure that is not the same in two reports.
 *
 * @param name where it stands: table, row and measure, or the claim
 * @param first in the first report, if it is there
 * @param second in the second report, if it is there
 */
public record FigureDifference(String name, Optional<Interval> first, Optional<Interval> second) {

    /** Whether both are there and their intervals have no value in common. */
    public boolean apart() {
        return first.isPresent() && second.isPresent() && !first.get().overlaps(second.get());
    }

    /** For people, in one line. */
    public String text() {
        int decimals = Math.max(decimals(first), decimals(second));
        return name + ": " + text(first, decimals) + " | " + text(second, decimals)
                + (apart() ? " | the intervals are apart" : "");
    }

    private static int decimals(Optional<Interval> figure) {
        return figure.map(SignificantDecimals::of).orElse(0);
    }

    private static String text(Optional<Interval> figure, int decimals) {
        return figure.map(f -> Measure.decimals(f.mean(), decimals) + " ("
                        + Measure.decimals(f.low(), decimals) + " to "
                        + Measure.decimals(f.high(), decimals) + ", n = " + f.n() + ")")
                .orElse("not there");
    }
}
