package dev.hapax.picturebook.world;

/** A small ornament a thing may wear. */
public enum Trim {
    /** No ornament. */
    NONE,
    /** A ribbon bow. */
    BOW,
    /** A heart. */
    HEART,
    /** A star. */
    STAR
}
