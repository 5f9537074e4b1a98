package dev.hapax.evaluation.grid;

import java.util.List;
import java.util.function.Consumer;

/**
 * Machines that share the folder of a grid. Each does its pieces with a {@link ClusterTask} of its own; a {@link
 * ClusterRunner} says what is to be done. {@link Cell}, {@link Product} and {@link Outcome} travel by Java's
 * serialisation.
 */
public interface Cluster {
    /** How many pieces are done at a time, for estimates; at least 1. */
    int workers();

    /**
     * Makes products in any order.
     *
     * @param products what each of them needs is made
     * @param settled told of each product once, by one thread at a time
     * @throws RuntimeException if the machines cannot work at all
     */
    void make(List<Product> products, Consumer<Outcome> settled);

    /**
     * Computes cells in any order.
     *
     * @param cells what each of them needs is made
     * @param settled told of each cell once, by one thread at a time
     * @throws RuntimeException if the machines cannot work at all
     */
    void compute(List<Cell> cells, Consumer<Outcome> settled);
}
