package dev.hapax.app;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a command writes to and what surrounds it.
 *
 * @param out results
 * @param err progress and complaints
 * @param environment the variables of the process
 * @param terminal whether somebody watches {@code err}, so that a line may be drawn over
 */
public record Console(PrintStream out, PrintStream err, Map<String, String> environment, boolean terminal) {
    /** The console of this process; the launcher says whether standard error is a terminal. */
    static Console ofProcess() {
        return new Console(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                System.getenv(),
                Boolean.getBoolean("hapax.terminal"));
    }

    /** A bar for a job of so many units of work. */
    public ProgressBar progress(String job, double total) {
        return new ProgressBar(err, terminal, java.time.InstantSource.system(), job, total);
    }

    /** Says once if the surroundings make libtorch slow; the launcher sets them right. */
    void adviseOnSurroundings() {
        List<String> wrong = new ArrayList<>();
        if (environment.containsKey("OPENBLAS_CORETYPE")) {
            wrong.add("OPENBLAS_CORETYPE is set (halves the speed of matrix products; unset it)");
        }
        if (!"passive".equalsIgnoreCase(environment.get("OMP_WAIT_POLICY"))) {
            wrong.add("OMP_WAIT_POLICY is not passive");
        }
        if (!"1".equals(environment.get("OPENBLAS_NUM_THREADS"))) {
            wrong.add("OPENBLAS_NUM_THREADS is not 1");
        }
        if (!wrong.isEmpty()) {
            err.println("hapax: this will be slow: " + String.join(", ", wrong)
                    + "; the launcher ./hapax sets these right");
        }
    }
}
