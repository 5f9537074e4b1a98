package dev.hapax.evaluation.grid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;

/**
 * How cells and products are computed: from their descriptions, the products they need, and a context, which holds
 * nothing that changes a result without being in the description. Called by several threads, each with a context of its
 * own.
 *
 * @param <C> what a worker works with, such as an opened model
 */
public interface Work<C> {
    /**
     * Computes a cell.
     *
     * @param needs the folders of the products it needs, in their order; not to be written to
     * @return the result; numbers in it are finite
     * @throws Exception if it cannot be computed; the other cells go on
     */
    ObjectNode result(Cell cell, List<Path> needs, C context) throws Exception;

    /**
     * Makes a product.
     *
     * @param needs the folders of the products it needs, in their order; not to be written to
     * @param folder to be filled; empty unless the product {@link #goesOn}
     * @throws Exception if it cannot be made; cells that do not need it go on
     */
    void make(Product product, List<Path> needs, Path folder, C context) throws Exception;

    /**
     * Whether a product can be made from what a killed process left half made. Then {@link #make} finds it in the folder
     * and must go on from it as if it had never stopped.
     */
    default boolean goesOn(Product product) {
        return false;
    }
}
