package dev.hapax.evaluation.protocol;

import java.util.Locale;

/** Who says what an image of an invented thing looks like. */
enum InventJudge {
    /** Picturebook's attribute reader: a share for each kind. */
    READER,
    /** A CLIP: a cosine with the name of each thing. */
    CLIP,
    /** The CLIP that words are optimised against, of what the prior draws in its space: cosines. */
    PRIOR;

    /** Its key in results, and its name. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
