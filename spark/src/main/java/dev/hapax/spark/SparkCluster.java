package dev.hapax.spark;

import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Cluster;
import dev.hapax.evaluation.grid.ClusterTask;
import dev.hapax.evaluation.grid.Outcome;
import dev.hapax.evaluation.grid.Product;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.Function2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * The executors of a Spark application. Each product is a task of its own; cells are dealt out in partitions, and each
 * partition opens one context.
 */
public final class SparkCluster implements Cluster {
    private static final int SHARES = 3; // partitions per core: late ones wait for less, contexts are opened more often

    private final JavaSparkContext spark;
    private final GridDescription grid;
    private final Path folder;
    private final int partitions;

    /**
     * Executors that do this grid.
     *
     * @param folder the grid's folder, which all machines see under this path
     * @param partitions how many shares the cells are dealt out in; 0 is {@value #SHARES} per core
     * @throws IllegalArgumentException if {@code partitions} is negative
     */
    public SparkCluster(JavaSparkContext spark, GridDescription grid, Path folder, int partitions) {
        if (partitions < 0) {
            throw new IllegalArgumentException(
                    "the number of partitions must be positive, or 0 to leave it to Hapax; got " + partitions);
        }
        this.spark = spark;
        this.grid = grid;
        this.folder = folder.toAbsolutePath();
        this.partitions = partitions;
    }

    @Override
    public int workers() {
        return spark.defaultParallelism();
    }

    @Override
    public void make(List<Product> products, Consumer<Outcome> settled) {
        run(products, products.size(), ClusterTask::make, settled);
    }

    @Override
    public void compute(List<Cell> cells, Consumer<Outcome> settled) {
        int shares = partitions == 0 ? SHARES * workers() : partitions;
        run(cells, Math.min(shares, cells.size()), ClusterTask::compute, settled);
    }

    /** Told per task, as each comes home. */
    private <P extends Serializable> void run(
            List<P> pieces, int shares, SparkTask.Step<P> step, Consumer<Outcome> settled) {
        SparkContext context = spark.sc();
        RDD<P> dealt = spark.parallelize(pieces, shares).rdd();
        SparkTask<P> task = new SparkTask<>(grid, folder.toString(), step);
        Function2<TaskContext, Iterator<P>, List<Outcome>> share =
                (Function2<TaskContext, Iterator<P>, List<Outcome>> & Serializable)
                        (spark, dealtOut) -> task.run(spark, CollectionConverters.asJava(dealtOut));
        Function2<Object, List<Outcome>, BoxedUnit> home = (index, outcomes) -> {
            outcomes.forEach(settled);
            return BoxedUnit.UNIT;
        };
        ClassTag<List<Outcome>> type = ClassTag$.MODULE$.apply(List.class);
        List<Object> all = IntStream.range(0, shares).<Object>mapToObj(i -> i).toList();
        try {
            context.runJob(dealt, share, CollectionConverters.asScala(all).toSeq(), home, type);
        } catch (Exception e) { // Scala throws what it likes
            throw stopped(e);
        }
    }

    /** The line that the task failed with; without one (an executor was lost) the first of Spark's own. */
    private static IllegalStateException stopped(Exception e) {
        String line = e.getCause() instanceof TaskFailedException own
                ? own.line()
                : String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new IllegalStateException(
                "the executors cannot go on: " + line + "; what was computed is kept, run again to go on from there",
                e);
    }
}
