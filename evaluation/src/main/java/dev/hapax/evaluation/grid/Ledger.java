package dev.hapax.evaluation.grid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Counts what is done and tells of it; one at a time. */
final class Ledger {
    private final Workload workload;
    private final Times times;
    private final int workers;
    private final Consumer<GridProgress> listener;
    private final Map<String, Integer> left;
    private final Map<String, Throwable> spoiled = new HashMap<>(); // products that could not be made, by key
    private final Map<Description, CellFailure> failures = new HashMap<>();
    private final Set<String> unmade = new HashSet<>(); // keys of products
    private int done;

    Ledger(Workload workload, Times times, int workers, Consumer<GridProgress> listener) {
        this.workload = workload;
        this.times = times;
        this.workers = workers;
        this.listener = listener;
        this.left = new HashMap<>(workload.byKind());
        workload.products().forEach(product -> unmade.add(product.key()));
        this.done = workload.cells().size() - workload.missing().size();
    }

    synchronized void begin() {
        tell("");
    }

    /** A product was made here. */
    synchronized void made(Product product, double seconds) {
        times.add(product.description().kind(), seconds);
        found(product);
    }

    /** A product is there, whoever made it. */
    synchronized void found(Product product) {
        if (unmade.remove(product.key())) {
            settled(product.description().kind());
        }
    }

    /** A product cannot be made. */
    synchronized void spoiled(Product product, Throwable cause) {
        spoiled.put(product.key(), cause);
        found(product);
    }

    /** Why a product cannot be made in this run, if it cannot. */
    synchronized Optional<Throwable> whySpoiled(Product product) {
        return Optional.ofNullable(spoiled.get(product.key()));
    }

    synchronized void computed(Cell cell, double seconds) {
        times.add(cell.description().kind(), seconds);
        found(cell);
    }

    /** A result is there, whoever computed it. */
    synchronized void found(Cell cell) {
        done++;
        settled(cell.description().kind());
    }

    synchronized void failed(Cell cell, Throwable cause) {
        failures.put(cell.description(), new CellFailure(cell, cause));
        done++;
        settled(cell.description().kind());
    }

    synchronized int done() {
        return done;
    }

    /** In the order of the grid. */
    synchronized List<CellFailure> failures() {
        return workload.missing().stream()
                .map(cell -> Optional.ofNullable(failures.get(cell.description())))
                .flatMap(Optional::stream)
                .toList();
    }

    /** What a run hands back at its end, or why it cannot. */
    synchronized List<GridResult> results(List<Cell> cells, ResultStore store) {
        if (done < workload.cells().size()) {
            throw new GridStoppedException(done, workload.cells().size());
        }
        if (!failures.isEmpty()) {
            throw new GridFailedException(workload.cells().size(), failures());
        }
        return cells.stream()
                .map(cell -> new GridResult(cell, kept(cell, store)))
                .toList();
    }

    private static ObjectNode kept(Cell cell, ResultStore store) {
        return store.find(cell)
                .orElseThrow(() ->
                        new IllegalStateException(store.file(cell) + " was there and is gone; run the same again"));
    }

    private void settled(String kind) {
        left.merge(kind, -1, Integer::sum);
        tell(kind);
    }

    private void tell(String kind) {
        listener.accept(new GridProgress(done, workload.cells().size(), Workload.seconds(left, times, workers), kind));
    }
}
