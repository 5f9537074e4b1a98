package dev.hapax.picturebook.world;

import java.util.Objects;

/**
 * The traits of a thing that come in steps.
 *
 * @param cut its family of forms
 * @param eyes its eyes, where it has some
 * @param trim its ornament
 * @param count how many of what it has several of (windows, sails, leaves), and which way its stripes run: 1 to 3
 */
public record Details(Cut cut, Eyes eyes, Trim trim, int count) {

    /** Checks the parts. */
    public Details {
        Objects.requireNonNull(cut, "cut");
        Objects.requireNonNull(eyes, "eyes");
        Objects.requireNonNull(trim, "trim");
        if (count < 1 || count > 3) {
            throw new IllegalArgumentException("count must be 1 to 3, is " + count);
        }
    }
}
