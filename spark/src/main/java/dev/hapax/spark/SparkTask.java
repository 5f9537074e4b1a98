package dev.hapax.spark;

import dev.hapax.evaluation.grid.ClusterTask;
import dev.hapax.evaluation.grid.GridFolder;
import dev.hapax.evaluation.grid.Outcome;
import dev.hapax.tensor.Engine;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;

/**
 * What an executor does with its share: one thread, one context, one piece after the other. Spark runs as many tasks at a
 * time as the executor has cores, so each keeps to one thread of the engine.
 *
 * @param grid opened here
 * @param folder the grid's folder, which all machines see under this path
 * @param step what is done with a piece
 * @param <P> cell or product
 */
record SparkTask<P>(GridDescription grid, String folder, Step<P> step) implements Serializable {
    /** Does one piece. */
    @FunctionalInterface
    interface Step<P> extends Serializable {
        Outcome settle(ClusterTask<?> task, P piece);
    }

    /**
     * Does all pieces.
     *
     * @throws TaskFailedException if it cannot even begin; Spark then tries elsewhere
     */
    List<Outcome> run(TaskContext spark, Iterator<P> pieces) {
        try {
            Engine.setThreads(1);
            return run(grid.open(), spark, pieces);
        } catch (Throwable e) { // also missing natives, which are an Error
            throw new TaskFailedException(e);
        }
    }

    private <C extends AutoCloseable> List<Outcome> run(GridSource<C> source, TaskContext spark, Iterator<P> pieces)
            throws Exception {
        GridFolder shared = GridFolder.open(Path.of(folder), source.format());
        GridSource.Tools<C> tools = source.tools(grid.parsed());
        List<Outcome> outcomes = new ArrayList<>();
        try (C context = tools.contexts().open(spark.partitionId())) {
            ClusterTask<C> task =
                    new ClusterTask<>(shared, tools.work(), context, System::nanoTime, spark::isInterrupted);
            while (!spark.isInterrupted() && pieces.hasNext()) {
                outcomes.add(step.settle(task, pieces.next()));
            }
        }
        return outcomes;
    }
}
