package dev.hapax.picturebook.world;

/** Where a scene takes place. */
public enum Background {
    /** Nothing but a soft tint. */
    PLAIN("on a plain background"),
    /** A meadow under the sky. */
    GRASS("on grass"),
    /** Sand, sea and sun. */
    BEACH("on a beach"),
    /** Moon and stars. */
    NIGHT("at night"),
    /** A wall, a window and a floor. */
    ROOM("in a room");

    private final String words;

    Background(String words) {
        this.words = words;
    }

    /** {@return the English phrase that ends a caption} */
    public String words() {
        return words;
    }
}
