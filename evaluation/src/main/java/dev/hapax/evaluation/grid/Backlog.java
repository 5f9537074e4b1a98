package dev.hapax.evaluation.grid;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The cells to be computed. No two workers get cells that need the same unmade product at the same time. */
final class Backlog {
    private static final long POLL_MILLIS = 50;

    private final List<Cell> waiting;
    private final Set<String> unmade = new HashSet<>(); // keys of products that nobody makes yet
    private final Set<String> making = new HashSet<>();

    Backlog(Workload workload) {
        this.waiting = new ArrayList<>(workload.missing());
        workload.products().forEach(product -> unmade.add(product.key()));
    }

    /** The next cell, whose unmade products are now the caller's to make; empty at the end or when told to stop. */
    synchronized Optional<Cell> take(BooleanSupplier stop) throws InterruptedException {
        while (!waiting.isEmpty() && !stop.getAsBoolean()) {
            for (Iterator<Cell> cells = waiting.iterator(); cells.hasNext(); ) {
                Cell cell = cells.next();
                List<String> needs = keys(cell.needs(), new ArrayList<>());
                if (needs.stream().noneMatch(making::contains)) {
                    cells.remove();
                    needs.stream().filter(unmade::remove).forEach(making::add);
                    return Optional.of(cell);
                }
            }
            wait(POLL_MILLIS);
        }
        return Optional.empty();
    }

    /** The products that this cell needs are made, or will never be. */
    synchronized void settle(Cell cell) {
        making.removeAll(keys(cell.needs(), new ArrayList<>()));
        notifyAll();
    }

    private static List<String> keys(List<Product> products, List<String> keys) {
        for (Product product : products) {
            keys.add(product.key());
            keys(product.needs(), keys);
        }
        return keys;
    }
}
