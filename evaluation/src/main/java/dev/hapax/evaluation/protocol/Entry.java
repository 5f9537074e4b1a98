package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.grid.Product;
import java.util.List;

/**
 * The words of one subject, learned in one way, and what is drawn with them.
 *
 * @param variant the name of the way
 * @param subject what they were learned from
 * @param asks what to draw; every word of a prompt is among the learned
 * @param words the products that hold the words
 * @param steps after which the words were kept; the last is the end
 */
public record Entry(String variant, Subject subject, List<Ask> asks, List<Product> words, List<Long> steps) {
    /** Keeps copies. */
    public Entry {
        asks = List.copyOf(asks);
        words = List.copyOf(words);
        steps = List.copyOf(steps);
    }

    /** The end of the learning. */
    public long last() {
        return steps.get(steps.size() - 1);
    }
}
