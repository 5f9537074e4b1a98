package dev.hapax.spark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.evaluation.grid.ClusterRunner;
import dev.hapax.evaluation.grid.GridFolder;
import dev.hapax.evaluation.grid.GridProgress;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.run.Failures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Computes a grid on Spark; what {@code spark-submit} starts. */
@Command(
        name = "spark-submit hapax-spark-all.jar",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Computes what is missing of a grid on Spark and writes all its results to a Parquet table."
                + " Exit codes: 0 done, 1 failed, 2 a mistake in what was asked for.")
public final class SparkGrid implements Callable<Integer> {
    private static final int FAILURE = 1;
    private static final int MISTAKE = 2;

    private final PrintWriter out;
    private final PrintWriter err;

    @Option(
            names = "--grid",
            paramLabel = "FILE",
            required = true,
            description = "What to compute: {\"source\": \"a.b.Class\", \"settings\": {...}}.")
    private Path grid = Path.of("");

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            required = true,
            description = "The folder for results and products; all machines see it under this path.")
    private Path folder = Path.of("");

    @Option(
            names = "--parquet",
            paramLabel = "PLACE",
            description = "The table: a folder, or any address that Spark writes to. Default: parquet in the folder.")
    private @Nullable String parquet;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many shares the cells are dealt out in; each opens the model once. Default: 3 per core.")
    private int partitions;

    @Option(names = "--dry-run", description = "Say what there is to do, and do nothing.")
    private boolean dryRun;

    private SparkGrid(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** Runs and ends the process. */
    public static void main(String[] arguments) {
        int code = run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments);
        if (code != 0) { // YARN takes any exit of a driver for a failure
            System.exit(code);
        }
    }

    /** Runs and gives back the exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        try {
            return new CommandLine(new SparkGrid(out, err))
                    .setOut(out)
                    .setErr(err)
                    .setExecutionExceptionHandler((e, line, parsed) -> told(e, err))
                    .execute(arguments);
        } catch (OutOfMemoryError | LinkageError e) {
            return told(e, err);
        }
    }

    private static int told(Throwable e, PrintWriter err) {
        boolean known = e instanceof RuntimeException && e.getMessage() != null;
        String message = known ? String.valueOf(e.getMessage()) : "failed: " + e;
        err.println("hapax: " + Failures.line(message));
        return Failures.isMistake(e) ? MISTAKE : FAILURE;
    }

    @Override
    public Integer call() throws IOException {
        GridDescription description = GridDescription.read(grid);
        GridSource<?> source = description.open();
        JsonNode settings = description.parsed();
        GridFolder shared = GridFolder.open(folder, source.format());
        try (SparkSession session =
                SparkSession.builder().config(surroundings()).getOrCreate()) {
            JavaSparkContext spark = new JavaSparkContext(session.sparkContext());
            ClusterRunner runner = new ClusterRunner(shared, new SparkCluster(spark, description, folder, partitions));
            if (dryRun) {
                out.println(runner.plan(source.cells(settings)).text());
                return 0;
            }
            List<GridResult> results = runner.run(source.cells(settings), this::tell);
            String table = parquet == null
                    ? folder.toAbsolutePath().resolve("parquet").toUri().toString()
                    : parquet;
            new ParquetResults(session, table, source.format()).write(results);
            out.println(results.size() + " results in " + table);
            return 0;
        }
    }

    private void tell(GridProgress progress) {
        String left = progress.secondsLeft().isPresent()
                ? ", about " + Math.round(progress.secondsLeft().getAsDouble()) + " s left"
                : "";
        err.println(progress.done() + " of " + progress.cells() + " cells" + left);
    }

    /** What libtorch reads when an executor starts, see decision 1; what spark-submit says comes first. */
    private static SparkConf surroundings() {
        return new SparkConf()
                .setIfMissing("spark.app.name", "hapax")
                .setIfMissing("spark.executorEnv.OPENBLAS_NUM_THREADS", "1")
                .setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1")
                .setIfMissing("spark.executorEnv.OMP_WAIT_POLICY", "passive");
    }
}
