package dev.hapax.evaluation.grid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Takes cells from the backlog until there are none, and makes the products they need first. */
final class Worker<C extends AutoCloseable> {
    private static final double NANOS = 1e-9;

    private final Grid<C> grid;
    private final GridFolder folder;
    private final Backlog backlog;
    private final Ledger ledger;
    private final LongSupplier clock; // nanoseconds
    private final BooleanSupplier stop;

    Worker(Grid<C> grid, GridFolder folder, Backlog backlog, Ledger ledger, LongSupplier clock, BooleanSupplier stop) {
        this.grid = grid;
        this.folder = folder;
        this.backlog = backlog;
        this.ledger = ledger;
        this.clock = clock;
        this.stop = stop;
    }

    /** Works with a context of its own, which is closed at the end. */
    void run(int number) throws Exception {
        try (C context = grid.contexts().open(number)) {
            for (Optional<Cell> cell = backlog.take(stop); cell.isPresent(); cell = backlog.take(stop)) {
                settle(cell.get(), context);
            }
        }
    }

    private void settle(Cell cell, C context) {
        double seconds;
        try {
            List<Path> needs;
            try {
                needs = made(cell.needs(), context);
            } finally {
                backlog.settle(cell);
            }
            long start = clock.getAsLong();
            ObjectNode result = grid.work().result(cell, needs, context);
            folder.results().put(cell, result);
            seconds = (clock.getAsLong() - start) * NANOS;
        } catch (StoppedException e) {
            return; // nothing was begun
        } catch (Throwable e) { // also out of memory: a smaller cell may fit
            if (!stop.getAsBoolean()) {
                ledger.failed(cell, e);
            }
            return;
        }
        ledger.computed(cell, seconds);
    }

    private List<Path> made(List<Product> products, C context) throws Exception {
        for (Product product : products) {
            Optional<Throwable> spoiled = ledger.whySpoiled(product);
            if (spoiled.isPresent()) {
                throw unmade(product, spoiled.get());
            }
            if (folder.products().isMade(product)) {
                ledger.found(product);
            } else {
                make(product, made(product.needs(), context), context);
            }
        }
        return products.stream().map(folder.products()::folder).toList();
    }

    private void make(Product product, List<Path> needs, C context) {
        boolean here;
        long start = clock.getAsLong();
        try {
            here = folder.products()
                    .make(
                            product,
                            grid.work().goesOn(product),
                            stop,
                            part -> grid.work().make(product, needs, part, context));
        } catch (StoppedException e) {
            throw e;
        } catch (Throwable e) {
            if (!stop.getAsBoolean()) {
                ledger.spoiled(product, e);
            }
            throw unmade(product, e);
        }
        if (here) {
            ledger.made(product, (clock.getAsLong() - start) * NANOS);
        } else {
            ledger.found(product);
        }
    }

    /** What fails the cells that need a product which failed. */
    static IllegalStateException unmade(Product product, Throwable cause) {
        return new IllegalStateException(
                "needs " + product.description().text() + ", which failed: "
                        + (cause.getMessage() == null ? cause : cause.getMessage()),
                cause);
    }
}
