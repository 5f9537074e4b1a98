package dev.hapax.spark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Contexts;
import dev.hapax.evaluation.grid.Work;
import java.util.List;

/**
 * A grid that any machine can open from a few settings. Cells are described once, on the driver, and travel; work and
 * contexts (models, judges) do not travel but are opened where they are used. Implementations are public and have a public
 * constructor without parameters.
 *
 * @param <C> what a worker works with
 */
public interface GridSource<C extends AutoCloseable> {
    /** The version of what results and products mean; see {@link dev.hapax.evaluation.grid.GridFolder#open}. */
    int format();

    /**
     * The cells, in the order of the results.
     *
     * @throws IllegalArgumentException if the settings are wrong: which, what they are and what to do, in one line
     */
    List<Cell> cells(JsonNode settings);

    /** What the cells are computed with on this machine; called once per task. Paths are the same on all machines. */
    Tools<C> tools(JsonNode settings);

    /**
     * What a machine works with.
     *
     * @param work how a cell is computed
     * @param contexts what each worker works with
     * @param <C> what a worker works with
     */
    record Tools<C extends AutoCloseable>(Work<C> work, Contexts<C> contexts) {}
}
