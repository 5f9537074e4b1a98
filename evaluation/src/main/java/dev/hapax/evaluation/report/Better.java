package dev.hapax.evaluation.report;

import dev.hapax.evaluation.statistics.Interval;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Which values of a measure are better. */
public enum Better {
    HIGHER("↑", "more is better"),
    LOWER("↓", "less is better"),
    NEITHER("", "");

    private final String arrow;
    private final String words;

    Better(String arrow, String words) {
        this.arrow = arrow;
        this.words = words;
    }

    /** A sign for headings, empty for {@link #NEITHER}. */
    String arrow() {
        return arrow;
    }

    String words() {
        return words;
    }

    /** The best mean, if there is a better and at least two values to choose from. */
    Optional<Double> best(Collection<Interval> values) {
        if (this == NEITHER || values.size() < 2) {
            return Optional.empty();
        }
        Comparator<Double> order = this == HIGHER ? Comparator.naturalOrder() : Comparator.reverseOrder();
        return values.stream().map(Interval::mean).max(order);
    }
}
