package dev.hapax.evaluation.grid;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.List;

/**
 * An intermediate product: a folder that several cells share, such as the learned words that many images are drawn with.
 *
 * @param description everything that determines it
 * @param needs the products that it is made from
 */
public record Product(Description description, List<Product> needs) implements Serializable {
    /** Keeps a copy of the list. */
    public Product {
        needs = List.copyOf(needs);
    }

    /** A product of these settings; see {@link Description} for what belongs into them. */
    public static Product of(String kind, ObjectNode settings, List<Product> needs) {
        return new Product(Description.of(kind, settings, needs), needs);
    }

    /** What it is found by. */
    public String key() {
        return description.key();
    }
}
