package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Product;
import java.util.Optional;

/**
 * A cell of {@link InventBench} and its place. Several places may share one cell.
 *
 * @param cell is computed
 * @param row what is looked at
 * @param concept of which
 * @param thing whose name is drawn, where a name is
 * @param image which one of the concept; -1 for what the prior draws
 * @param drawn the image that it looks at; empty for what the prior draws
 */
record InventCell(
        Cell cell, InventRow row, InventedConcept concept, String thing, int image, Optional<Product> drawn) {}
