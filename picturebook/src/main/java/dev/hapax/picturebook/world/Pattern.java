package dev.hapax.picturebook.world;

import java.util.Locale;

/** How the two tones of a thing share its surface. */
public enum Pattern {
    /** One tone; the second serves for details only. */
    PLAIN,
    /** Broad bands. */
    STRIPED,
    /** A few big dots. */
    SPOTTED,
    /** A chess board. */
    CHECKERED;

    /** {@return the English adjective} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
