package dev.hapax.picturebook.world;

/** The hand a scene is drawn in. */
public enum Style {
    /** Flat gouache with a dark outline. */
    PICTURE("picture"),
    /** Colored pencil on paper. */
    SKETCH("sketch"),
    /** Little stone tiles. */
    MOSAIC("mosaic"),
    /** Glowing tubes in the dark. */
    NEON("neon sign"),
    /** Soft washes without an outline. */
    WATERCOLOR("watercolor");

    private final String noun;

    Style(String noun) {
        this.noun = noun;
    }

    /** {@return the English noun, to stand in "a ... of a cat"} */
    public String noun() {
        return noun;
    }
}
