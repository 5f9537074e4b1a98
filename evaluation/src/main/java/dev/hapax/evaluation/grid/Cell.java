package dev.hapax.evaluation.grid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.List;

/**
 * One result of a grid, independent of all others: for example the measures of the image that one method's words draw of
 * one prompt with one seed.
 *
 * @param description everything that determines the result
 * @param needs the products that it is computed from
 */
public record Cell(Description description, List<Product> needs) implements Serializable {
    /** Keeps a copy of the list. */
    public Cell {
        needs = List.copyOf(needs);
    }

    /** A cell of these settings; see {@link Description} for what belongs into them. */
    public static Cell of(String kind, ObjectNode settings, List<Product> needs) {
        return new Cell(Description.of(kind, settings, needs), needs);
    }

    /** What its result is found by. */
    public String key() {
        return description.key();
    }
}
