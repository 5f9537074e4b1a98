package dev.hapax.evaluation.grid;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is missing of a grid.
 *
 * @param cells all cells, each once
 * @param missing those without a result, in the order of the grid
 * @param products the products that the missing cells need and that are not made, each once
 */
record Workload(List<Cell> cells, List<Cell> missing, List<Product> products) {

    static Workload of(List<Cell> cells, GridFolder folder) {
        Map<String, Cell> distinct = new LinkedHashMap<>();
        cells.forEach(cell -> distinct.putIfAbsent(cell.key(), cell));
        List<Cell> missing = distinct.values().stream()
                .filter(cell -> folder.results().find(cell).isEmpty())
                .toList();
        List<Product> products = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        missing.forEach(cell -> collect(cell.needs(), folder.products(), seen, products));
        return new Workload(List.copyOf(distinct.values()), missing, products);
    }

    /** What a product is made from comes before it. */
    private static void collect(List<Product> needs, Products made, Set<String> seen, List<Product> products) {
        for (Product product : needs) {
            if (!made.isMade(product) && seen.add(product.key())) {
                collect(product.needs(), made, seen, products);
                products.add(product);
            }
        }
    }

    /** How much is missing of each kind. */
    Map<String, Integer> byKind() {
        Map<String, Integer> kinds = new TreeMap<>();
        products.forEach(product -> kinds.merge(product.description().kind(), 1, Integer::sum));
        missing.forEach(cell -> kinds.merge(cell.description().kind(), 1, Integer::sum));
        return kinds;
    }

    /** Seconds that so much work takes; empty if a kind was never timed. */
    static OptionalDouble seconds(Map<String, Integer> missing, Times times, int workers) {
        double sum = 0;
        for (Map.Entry<String, Integer> kind : missing.entrySet()) {
            OptionalDouble each = times.median(kind.getKey());
            if (kind.getValue() > 0 && each.isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += kind.getValue() * each.orElse(0);
        }
        return OptionalDouble.of(sum / workers);
    }
}
