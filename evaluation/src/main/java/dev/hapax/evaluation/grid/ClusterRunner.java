package dev.hapax.evaluation.grid;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Computes what is missing of a grid on a cluster: first the products, those that need no unmade ones before the others,
 * then the cells. Results are the same bytes as a {@link GridRunner}'s, failures are named in the same words, and each may
 * go on from what the other left in the folder.
 *
 * @param folder where results and products are kept; the machines of the cluster have it too
 * @param cluster does the work
 */
public record ClusterRunner(GridFolder folder, Cluster cluster) {
    /** What {@link #run} would do; computes nothing. */
    public GridPlan plan(List<Cell> cells) {
        return GridRunner.of(folder, cluster.workers()).plan(cells);
    }

    /**
     * Computes what is missing.
     *
     * @param progress told at the beginning and after each piece of work, one at a time
     * @return the results of all cells, in their order
     * @throws GridFailedException if cells failed; all others were computed
     */
    public List<GridResult> run(List<Cell> cells, Consumer<GridProgress> progress) {
        Workload workload = Workload.of(cells, folder);
        Ledger ledger = new Ledger(workload, Times.open(folder.times()), cluster.workers(), progress);
        ledger.begin();
        compute(workload, ledger, make(workload, ledger));
        return ledger.results(cells, folder.results());
    }

    /** Makes products as long as there are some whose needs are made; returns the keys of the others. */
    private Set<String> make(Workload workload, Ledger ledger) {
        Map<String, Product> products = byKey(workload.products(), Product::key);
        Set<String> unmade = new HashSet<>(products.keySet());
        List<Product> waiting = new ArrayList<>(workload.products());
        while (!waiting.isEmpty()) {
            List<Product> ready = waiting.stream()
                    .filter(product ->
                            product.needs().stream().map(Product::key).noneMatch(unmade::contains))
                    .toList();
            if (ready.isEmpty()) {
                break; // the others need products that failed
            }
            waiting.removeAll(ready);
            cluster.make(ready, outcome -> {
                settle(given(products, outcome), outcome, ledger);
                if (outcome.failure() == null) {
                    unmade.remove(outcome.key());
                }
            });
        }
        return unmade;
    }

    private static void settle(Product product, Outcome outcome, Ledger ledger) {
        if (outcome.failure() != null) {
            ledger.spoiled(product, new IllegalStateException(outcome.failure()));
        } else if (outcome.seconds() > 0) {
            ledger.made(product, outcome.seconds());
        } else {
            ledger.found(product);
        }
    }

    private void compute(Workload workload, Ledger ledger, Set<String> unmade) {
        List<Cell> ready = new ArrayList<>();
        for (Cell cell : workload.missing()) {
            Optional<IllegalStateException> obstacle = obstacle(cell.needs(), unmade, ledger);
            obstacle.ifPresentOrElse(cause -> ledger.failed(cell, cause), () -> ready.add(cell));
        }
        if (ready.isEmpty()) {
            return;
        }
        Map<String, Cell> cells = byKey(ready, Cell::key);
        cluster.compute(ready, outcome -> settle(given(cells, outcome), outcome, ledger));
    }

    private static void settle(Cell cell, Outcome outcome, Ledger ledger) {
        if (outcome.failure() != null) {
            ledger.failed(cell, new IllegalStateException(outcome.failure()));
        } else if (outcome.seconds() > 0) {
            ledger.computed(cell, outcome.seconds());
        } else {
            ledger.found(cell);
        }
    }

    /** The first product that failed on the way to these. */
    private static Optional<IllegalStateException> obstacle(List<Product> needs, Set<String> unmade, Ledger ledger) {
        for (Product product : needs) {
            if (unmade.contains(product.key())) {
                Optional<IllegalStateException> cause =
                        ledger.whySpoiled(product).map(why -> Worker.unmade(product, why));
                return cause.isPresent() ? cause : obstacle(product.needs(), unmade, ledger);
            }
        }
        return Optional.empty();
    }

    private static <T> T given(Map<String, T> pieces, Outcome outcome) {
        return Optional.ofNullable(pieces.get(outcome.key()))
                .orElseThrow(() -> new IllegalStateException(
                        "the cluster tells of a piece that it was not given: " + outcome.key()));
    }

    private static <T> Map<String, T> byKey(List<T> pieces, Function<T, String> key) {
        return pieces.stream().collect(Collectors.toMap(key, Function.identity()));
    }
}
