package dev.hapax.text;

/** What stands in a prompt's segment where its word has no place. */
public enum Outside {
    /** Nothing: the segment is left out. */
    DROP,
    /** The segment, with an ordinary noun in the place of the word; without a noun, nothing. */
    NOUN,
    /** The segment as it is: the word acts everywhere, as in Textual Inversion. */
    KEEP
}
