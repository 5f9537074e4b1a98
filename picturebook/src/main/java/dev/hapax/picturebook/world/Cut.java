package dev.hapax.picturebook.world;

/** The family of forms a thing follows: its ears, its roof, its petals. */
public enum Cut {
    /** Soft curves. */
    ROUND,
    /** Sharp tips. */
    POINTED,
    /** Broad, flat or hanging. */
    WIDE
}
