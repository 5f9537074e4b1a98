package dev.hapax.evaluation.grid;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Computes what is missing of a grid on several threads. Results depend neither on the number of workers nor on who
 * finished first, and a run that was stopped or killed goes on where it was.
 *
 * @param folder where results and products are kept
 * @param workers how many threads, at least 1
 * @param clock nanoseconds from any zero; tells how long work takes and nothing else
 */
public record GridRunner(GridFolder folder, int workers, LongSupplier clock) {
    /** Checks the number. */
    public GridRunner {
        if (workers < 1) {
            throw new IllegalArgumentException("a grid needs at least 1 worker, got " + workers);
        }
    }

    /** A runner with the clock of this process. */
    public static GridRunner of(GridFolder folder, int workers) {
        return new GridRunner(folder, workers, System::nanoTime);
    }

    /** What {@link #run} would do; computes nothing. */
    public GridPlan plan(List<Cell> cells) {
        Workload workload = Workload.of(cells, folder);
        return new GridPlan(
                workload.cells().size(),
                workload.cells().size() - workload.missing().size(),
                workload.byKind(),
                Workload.seconds(workload.byKind(), Times.open(folder.times()), workers));
    }

    /**
     * Computes what is missing.
     *
     * @param progress told at the beginning and after each piece of work; by any thread, one at a time
     * @param stop asked between pieces of work; once it says so, nothing new is begun
     * @return the results of all cells, in the order of the grid
     * @throws GridFailedException if cells failed; all others were computed
     * @throws GridStoppedException if it was told to stop, or this thread was interrupted, before the end
     */
    public <C extends AutoCloseable> List<GridResult> run(
            Grid<C> grid, Consumer<GridProgress> progress, BooleanSupplier stop) {
        Workload workload = Workload.of(grid.cells(), folder);
        int crew = Math.min(workers, Math.max(1, workload.missing().size()));
        Ledger ledger = new Ledger(workload, Times.open(folder.times()), crew, progress);
        ledger.begin();
        if (!workload.missing().isEmpty()) {
            compute(grid, workload, ledger, crew, stop);
        }
        return ledger.results(grid.cells(), folder.results());
    }

    private <C extends AutoCloseable> void compute(
            Grid<C> grid, Workload workload, Ledger ledger, int crew, BooleanSupplier stop) {
        Crew threads = new Crew(stop);
        Worker<C> worker = new Worker<>(grid, folder, new Backlog(workload), ledger, clock, threads::isStopped);
        threads.run(crew, worker::run);
    }
}
