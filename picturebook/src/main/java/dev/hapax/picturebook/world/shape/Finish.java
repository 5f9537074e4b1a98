package dev.hapax.picturebook.world.shape;

/** What is done with the shape of a {@link Patch}. */
public enum Finish {
    /** Filled and outlined. */
    OUTLINED,
    /** Filled only. */
    FLAT,
    /** Drawn along, not filled. */
    LINE
}
