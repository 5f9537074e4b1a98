package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Grid;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.grid.Products;
import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A comparison of compositions, with a table like table 1 of Zhang et al. 2024 before the others.
 *
 * @param comparison with the parts of {@link Compositions}
 */
record CompositionalExperiment(Comparison comparison) implements Experiment {
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
        return new CompositionalExperiment(comparison.with(key, value));
    }

    @Override
    public Findings findings(List<GridResult> results, Products products) {
        Findings all = comparison.findings(results, products);
        Report report = all.report();
        List<Table> tables = new ArrayList<>(List.of(TableOne.of(report.tables())));
        tables.addAll(report.tables());
        return new Findings(
                new Report(report.title(), report.lead(), report.claims(), tables, report.curves(), report.run()),
                all.sheets(),
                all.files());
    }
}
