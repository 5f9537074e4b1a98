package dev.hapax.picturebook.world;

import java.util.Objects;

/**
 * One individual thing.
 *
 * @param kind what it is
 * @param look what it looks like
 */
public record Thing(Kind kind, Look look) {

    /** Checks the parts. */
    public Thing {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(look, "look");
    }
}
