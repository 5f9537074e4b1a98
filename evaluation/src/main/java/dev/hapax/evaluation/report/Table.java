package dev.hapax.evaluation.report;

import dev.hapax.evaluation.statistics.Interval;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Means with intervals, one row for each method or word.
 *
 * @param name unlike those of the other tables of the report
 * @param text what it shows, may be empty
 * @param rowHeading what the rows are, such as "method"
 * @param measures the columns, with distinct names
 * @param rows with distinct names
 */
public record Table(String name, String text, String rowHeading, List<Measure> measures, List<Row> rows) {
    /** Keeps copies, and checks that names are distinct and figures belong to measures. */
    public Table {
        measures = List.copyOf(measures);
        rows = List.copyOf(rows);
        Report.requireDistinct(
                "measures of table " + name,
                measures.stream().map(Measure::name).toList());
        Report.requireDistinct(
                "rows of table " + name, rows.stream().map(Row::name).toList());
        Set<String> known = measures.stream().map(Measure::name).collect(Collectors.toSet());
        for (Row row : rows) {
            for (String measured : row.figures().keySet()) {
                if (!known.contains(measured)) {
                    throw new IllegalArgumentException("row " + row.name() + " of table " + name + " has the measure "
                            + measured + ", which is none of its columns " + known);
                }
            }
        }
    }

    /** The figures of a column. */
    List<Interval> column(Measure measure) {
        return rows.stream().flatMap(row -> row.figure(measure).stream()).toList();
    }
}
