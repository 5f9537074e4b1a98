package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Product;
import java.util.List;
import java.util.Optional;

/**
 * A cell and its place in a comparison. Two places may share one cell, because it is described by what determines its
 * result and not by names.
 *
 * @param cell is computed
 * @param entry whose words
 * @param ask what is drawn; empty for a look at the words themselves
 * @param step after how many steps of learning
 * @param image which image of the ask; -1 if the cell is about all of them
 * @param drawn the images it looks at
 */
record Planned(Cell cell, Entry entry, Optional<Ask> ask, long step, int image, List<Product> drawn) {
    boolean atEnd() {
        return step == entry.last();
    }
}
