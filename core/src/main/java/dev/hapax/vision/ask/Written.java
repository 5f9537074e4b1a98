package dev.hapax.vision.ask;

import java.util.List;

/**
 * What a decoder wrote.
 *
 * @param ids with the token that ends it, and padding
 * @param probability that the model writes exactly this: the product of the probabilities of all its tokens
 */
public record Written(List<Long> ids, double probability) {
    /** Keeps a copy of the ids. */
    public Written {
        ids = List.copyOf(ids);
    }
}
