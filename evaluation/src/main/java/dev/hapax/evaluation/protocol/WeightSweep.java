package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Grid;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.grid.Products;
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
 * A comparison of weights, with figures as curves over the weight.
 *
 * @param comparison one variant for each weight
 * @param weights lambda of each variant, by its name
 */
record WeightSweep(Comparison comparison, Map<String, Double> weights) implements Experiment {
    private static final List<Figure> CURVES = Stream.of(
                    List.of(Figure.TEXT, Figure.WHOLE), Figure.coi(), List.of(Figure.PRESENT_READER))
            .flatMap(List::stream)
            .toList();

    @Override
    public List<Cell> cells() {
        return comparison.cells();
    }

    @Override
    public Grid<Studio.Place> grid(Studio studio) {
        return comparison.grid(studio);
    }

    @Override
    public double work(Map<String, Integer> missing) {
        return comparison.work(missing);
    }

    @Override
    public Experiment with(String key, String value) {
        return new WeightSweep(comparison.with(key, value), weights);
    }

    @Override
    public Findings findings(List<GridResult> results, Products products) {
        Findings all = comparison.findings(results, products);
        Report report = all.report();
        List<Curves> curves = new ArrayList<>(report.curves());
        report.tables().stream()
                .filter(table -> table.name().equals(Compositions.ONE))
                .forEach(table -> CURVES.forEach(figure -> curve(table, figure.measure(), curves)));
        return new Findings(
                new Report(report.title(), report.lead(), report.claims(), report.tables(), curves, report.run()),
                all.sheets(),
                all.files());
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
