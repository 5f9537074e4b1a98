package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.report.Measure;
import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.Row;
import dev.hapax.evaluation.report.Table;
import dev.hapax.evaluation.statistics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Table 1 of Zhang et al. 2024: text alignment, CoI likelihood and image alignment of learned things with ordinary ones,
 * and text and image alignment of two learned things, side by side.
 */
final class TableOne {
    private static final List<Figure> WITH_ORDINARY = Stream.of(
                    List.of(Figure.TEXT), Figure.coi(), List.of(Figure.WHOLE))
            .flatMap(List::stream)
            .toList();
    private static final List<Figure> TOGETHER = List.of(Figure.TEXT, Figure.WHOLE);

    private TableOne() {}

    /** A report of {@link Compositions} with this table before its own. */
    static Report before(Report report) {
        List<Table> tables = new ArrayList<>(List.of(of(report.tables())));
        tables.addAll(report.tables());
        return new Report(report.title(), report.lead(), report.claims(), tables, report.curves(), report.run());
    }

    /**
     * The columns of the two parts of {@link Compositions} that the paper shows, as far as they were measured.
     *
     * @param tables of the report
     */
    static Table of(List<Table> tables) {
        Map<Measure, Map<String, Interval>> columns = new LinkedHashMap<>();
        take(columns, tables, Compositions.ONE, "ordinary: ", WITH_ORDINARY);
        take(columns, tables, Compositions.TWO, "two learned: ", TOGETHER);
        List<Row> rows = new ArrayList<>();
        List<String> names = Stream.of(Compositions.ONE, Compositions.TWO)
                .flatMap(part -> table(tables, part).rows().stream().map(Row::name))
                .distinct()
                .toList();
        for (String name : names) {
            Map<String, Interval> figures = new LinkedHashMap<>();
            columns.forEach((measure, values) -> {
                if (values.containsKey(name)) {
                    figures.put(measure.name(), values.get(name));
                }
            });
            rows.add(new Row(name, figures));
        }
        return new Table(
                "Learned things beside others",
                "As in table 1 of Zhang et al. 2024, whose text alignment is 2.5 times a cosine and whose CoI likelihood a"
                        + " detector tells.",
                "words learned by",
                List.copyOf(columns.keySet()),
                rows);
    }

    private static void take(
            Map<Measure, Map<String, Interval>> columns,
            List<Table> tables,
            String part,
            String prefix,
            List<Figure> figures) {
        Table table = table(tables, part);
        for (Figure figure : figures) {
            Measure own = figure.measure();
            if (table.measures().contains(own)) {
                Map<String, Interval> values = new LinkedHashMap<>();
                table.rows().forEach(row -> row.figure(own).ifPresent(value -> values.put(row.name(), value)));
                columns.put(new Measure(prefix + own.name(), own.meaning(), own.better(), own.decimals()), values);
            }
        }
    }

    private static Table table(List<Table> tables, String part) {
        return tables.stream()
                .filter(table -> table.name().equals(part))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no table \"" + part + "\" in the report"));
    }
}
