package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Grid;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.grid.Products;
import java.util.List;
import java.util.Map;

/** Something to measure: which cells there are, how they are computed, and what comes out of them. */
public interface Experiment {
    /** Of its report. */
    String title();

    /** All cells. */
    List<Cell> cells();

    /** How the cells are computed in a studio, whose model and judges must be those of the ground. */
    Grid<Studio.Place> grid(Studio studio);

    /**
     * The work that is missing, in calls of the U-Net with one image. Judging is not counted.
     *
     * @param missing how much of each kind, as a {@link dev.hapax.evaluation.grid.GridPlan} says
     */
    double work(Map<String, Integer> missing);

    /**
     * What came out.
     *
     * @param results in the order of the cells
     */
    Findings findings(List<GridResult> results, Products products);

    /** The same with one more line about the run. */
    Experiment with(String key, String value);
}
