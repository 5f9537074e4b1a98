package dev.hapax.evaluation.grid;

import java.util.List;
import java.util.stream.Collectors;

/** Some cells of a grid could not be computed. The results of all others are kept. */
public final class GridFailedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;
    private static final int NAMED = 10; // cells in the message; the others are counted

    private final transient List<CellFailure> failures;

    GridFailedException(int cells, List<CellFailure> failures) {
        super(message(cells, failures), failures.get(0).cause());
        this.failures = List.copyOf(failures);
    }

    /** The failed cells, in the order of the grid. */
    public List<CellFailure> failures() {
        return failures;
    }

    private static String message(int cells, List<CellFailure> failures) {
        String named = failures.stream().limit(NAMED).map(CellFailure::text).collect(Collectors.joining("; "));
        int more = failures.size() - NAMED;
        return failures.size() + " of " + cells + " cells failed, the others are kept; run again to try only these: "
                + named + (more > 0 ? "; and " + more + " more" : "");
    }
}
