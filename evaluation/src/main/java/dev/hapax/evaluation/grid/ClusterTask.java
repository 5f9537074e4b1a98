package dev.hapax.evaluation.grid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Does pieces of a grid on one thread of a {@link Cluster}, into the folder that its machines share. Each piece is kept
 * as soon as it is done, and what is there already is not done again.
 *
 * @param <C> what the thread works with
 */
public final class ClusterTask<C> {
    private static final double NANOS = 1e-9;

    private final GridFolder folder;
    private final Work<C> work;
    private final C context;
    private final LongSupplier clock;
    private final BooleanSupplier stop;

    /**
     * A task for the calling thread.
     *
     * @param context open while the task is used
     * @param clock nanoseconds from any zero; tells how long work takes and nothing else
     * @param stop says that the task was killed: then a piece that fails does so for this reason and not for its own
     */
    public ClusterTask(GridFolder folder, Work<C> work, C context, LongSupplier clock, BooleanSupplier stop) {
        this.folder = folder;
        this.work = work;
        this.context = context;
        this.clock = clock;
        this.stop = stop;
    }

    /**
     * Makes a product, whose needs are made.
     *
     * @throws IllegalStateException if the task was killed meanwhile
     */
    public Outcome make(Product product) {
        return settle(
                product.key(),
                () -> folder.products()
                        .make(
                                product,
                                work.goesOn(product),
                                stop,
                                part -> work.make(product, folders(product.needs()), part, context)));
    }

    /**
     * Computes a cell, whose needs are made.
     *
     * @throws IllegalStateException if the task was killed meanwhile
     */
    public Outcome compute(Cell cell) {
        return settle(cell.key(), () -> {
            if (folder.results().find(cell).isPresent()) { // done by a task that was lost before it could say so
                return false;
            }
            ObjectNode result = work.result(cell, folders(cell.needs()), context);
            folder.results().put(cell, result);
            return true;
        });
    }

    /** Says whether it was done here. */
    @FunctionalInterface
    private interface Piece {
        boolean run() throws Exception;
    }

    private Outcome settle(String key, Piece piece) {
        long start = clock.getAsLong();
        try {
            return piece.run() ? Outcome.done(key, (clock.getAsLong() - start) * NANOS) : Outcome.found(key);
        } catch (Throwable e) { // also out of memory: a smaller piece may fit
            if (stop.getAsBoolean()) {
                throw new IllegalStateException("the task was killed", e);
            }
            return Outcome.failed(key, e);
        }
    }

    private List<Path> folders(List<Product> products) {
        return products.stream().map(folder.products()::folder).toList();
    }
}
