package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.report.Curves;
import dev.hapax.evaluation.report.Measure;
import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.Row;
import dev.hapax.evaluation.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The figures of a comparison of weights as curves over the weight.
 *
 * @param weights lambda of each variant, by its name
 */
record WeightCurves(Map<String, Double> weights) {
    private static final List<Figure> CURVES = Stream.of(
                    List.of(Figure.TEXT, Figure.WHOLE), Figure.coi(), List.of(Figure.PRESENT_READER))
            .flatMap(List::stream)
            .toList();

    /** A report with these curves behind its own. */
    Report behind(Report report) {
        List<Curves> curves = new ArrayList<>(report.curves());
        report.tables().stream()
                .filter(table -> table.name().equals(Compositions.ONE))
                .forEach(table -> CURVES.forEach(figure -> curve(table, figure.measure(), curves)));
        return new Report(report.title(), report.lead(), report.claims(), report.tables(), curves, report.run());
    }

    private void curve(Table table, Measure measure, List<Curves> curves) {
        List<Curves.Point> points = new ArrayList<>();
        for (Row row : table.rows()) {
            Double weight = weights.get(row.name());
            if (weight != null) {
                row.figure(measure).ifPresent(value -> points.add(new Curves.Point(weight, value.mean())));
            }
        }
        if (!points.isEmpty()) {
            curves.add(new Curves(
                    measure.name() + " over the weight",
                    measure.meaning(),
                    "lambda, the weight of the anchors",
                    measure.name(),
                    List.of(new Curves.Series("textual inversion", points))));
        }
    }
}
