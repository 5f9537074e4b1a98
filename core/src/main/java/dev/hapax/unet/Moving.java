package dev.hapax.unet;

/** How much of a U-Net moves while it is taught, each with the ones before. */
public enum Moving {
    /** Only the text that it reads. */
    TEXT,
    /** Keys and values of cross-attention. */
    KEYS_VALUES,
    /** The matrices of every attention. */
    ATTENTION,
    /** Everything. */
    ALL;

    /** Whether at least that much moves. */
    boolean includes(Moving part) {
        return compareTo(part) >= 0;
    }
}
