package dev.hapax.evaluation.protocol;

/** How much of a protocol is run; each protocol says what that means for it. */
public enum Scale {
    /** To see that everything works: the figures mean nothing. */
    TINY,
    /** On Picturebook, in hours on two cores. */
    SMALL,
    /** As long and as much as the paper: for real checkpoints and a GPU. */
    PAPER
}
