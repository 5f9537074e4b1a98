package dev.hapax.evaluation.grid;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What another machine says of a piece of work that it was given. The result or the product itself is in the folder.
 *
 * @param key the key of the cell or product
 * @param seconds how long it took; 0 if it was there already, or failed
 * @param failure why it failed, or null
 */
public record Outcome(String key, double seconds, @Nullable String failure) implements Serializable {
    static Outcome done(String key, double seconds) {
        return new Outcome(key, seconds, null);
    }

    static Outcome found(String key) {
        return new Outcome(key, 0, null);
    }

    static Outcome failed(String key, Throwable cause) {
        return new Outcome(key, 0, cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }
}
