package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.report.Better;
import dev.hapax.evaluation.report.Measure;
import dev.hapax.evaluation.report.Row;
import dev.hapax.evaluation.report.Table;
import dev.hapax.evaluation.statistics.Bootstrap;
import dev.hapax.evaluation.statistics.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of a report about invented things.
 *
 * @param bench what was measured
 * @param scores what judges said
 */
record InventTables(InventBench bench, InventScores scores) {

    List<Table> all(List<InventClaims> claims) {
        List<Table> tables = new ArrayList<>();
        tables.add(table(
                "Invented things",
                "Images of new members of all categories.",
                InventRow.DRAWN,
                InventFigure.INVENTED,
                bench.judges()));
        claims.forEach(each -> tables.add(bar(each)));
        if (bench.mixes() > 0) {
            tables.add(table(
                    "Mixes",
                    "Images of children of two members of a category, and of their parents.",
                    InventRow.MIXED,
                    InventFigure.MIXED,
                    bench.judges()));
        }
        tables.add(table(
                "What the prior draws",
                "Embeddings in the space that words are optimised in, "
                        + bench.products().course().draws()
                        + " for each; no image is drawn of them, and nothing is claimed about them.",
                InventRow.FORESEEN,
                InventFigure.INVENTED,
                List.of(InventJudge.PRIOR)));
        return tables;
    }

    private Table table(
            String name, String text, List<InventRow> rows, List<InventFigure> figures, List<InventJudge> judges) {
        List<Measure> columns = new ArrayList<>();
        Map<InventRow, Map<String, Interval>> measured = new LinkedHashMap<>();
        for (InventJudge judge : judges) {
            for (InventFigure figure : figures) {
                Measure measure = figure.measure(judge, bench.isIndependent(judge));
                columns.add(measure);
                for (InventRow row : rows) {
                    scores.sample(row, judge, figure, concept -> true)
                            .ifPresent(sample -> measured.computeIfAbsent(row, r -> new LinkedHashMap<>())
                                    .put(measure.name(), Bootstrap.DEFAULT.mean(sample)));
                }
            }
        }
        return new Table(
                name,
                text,
                "images of",
                columns,
                measured.entrySet().stream()
                        .map(row -> new Row(row.getKey().label(), row.getValue()))
                        .toList());
    }

    /** What is asked of the method: differences to negative prompting in each category. */
    private static Table bar(InventClaims claims) {
        Map<String, Map<String, Interval>> rows = new LinkedHashMap<>();
        List<Measure> columns = new ArrayList<>();
        for (InventFigure figure : List.of(InventFigure.POSITIVE, InventFigure.DISTANCE)) {
            Measure measure = new Measure(
                    figure.name(claims.judge()) + ", difference",
                    "that of given negatives minus that of negative prompting, concept by concept",
                    Better.HIGHER,
                    3);
            columns.add(measure);
            claims.byCategory(figure)
                    .forEach((category, difference) -> rows.computeIfAbsent(category, c -> new LinkedHashMap<>())
                            .put(measure.name(), difference));
        }
        return new Table(
                "Given negatives against negative prompting (" + claims.judge().key() + ")",
                claims.bar(),
                "category",
                columns,
                rows.entrySet().stream()
                        .map(row -> new Row(row.getKey(), row.getValue()))
                        .toList());
    }
}
