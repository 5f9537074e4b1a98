package dev.hapax.evaluation.report;

import dev.hapax.evaluation.statistics.Interval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A row of a table, such as a method or a learned word.
 *
 * @param name unlike those of the other rows
 * @param figures what was measured, by name of the measure; what was not is left out
 */
public record Row(String name, Map<String, Interval> figures) {
    /** Keeps a copy of the map. */
    public Row {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** What was measured of a measure. */
    public Optional<Interval> figure(Measure measure) {
        return Optional.ofNullable(figures.get(measure.name()));
    }
}
