package dev.hapax.picturebook.world;

/** How those who have eyes look out of them. */
public enum Eyes {
    /** Two black beads. */
    DOT,
    /** Big and white. */
    OPEN,
    /** Closed and content. */
    SLEEPY
}
