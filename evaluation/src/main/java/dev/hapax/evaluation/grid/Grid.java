package dev.hapax.evaluation.grid;

import java.util.List;

/**
 * A list of independent cells and how they are computed. Results do not depend on the order, but workers wait less if
 * neighbouring cells need different products: one of them makes a product while the others go on with cells that do not
 * need it.
 *
 * @param <C> what a worker works with
 * @param cells in the order of the results
 * @param work how a cell is computed
 * @param contexts what each worker works with
 */
public record Grid<C extends AutoCloseable>(List<Cell> cells, Work<C> work, Contexts<C> contexts) {
    /** Keeps a copy of the list. */
    public Grid {
        cells = List.copyOf(cells);
    }
}
