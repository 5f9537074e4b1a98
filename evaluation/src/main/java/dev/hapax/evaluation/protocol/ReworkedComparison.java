package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Grid;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.grid.Products;
import dev.hapax.evaluation.report.Report;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A comparison whose report says more.
 *
 * @param comparison what is run
 * @param rework its report with more tables or curves
 */
record ReworkedComparison(Comparison comparison, UnaryOperator<Report> rework) implements Experiment {
    @Override
    public String title() {
        return comparison.title();
    }

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
        return new ReworkedComparison(comparison.with(key, value), rework);
    }

    @Override
    public Findings findings(List<GridResult> results, Products products) {
        Findings all = comparison.findings(results, products);
        return new Findings(rework.apply(all.report()), all.sheets(), all.files());
    }
}
