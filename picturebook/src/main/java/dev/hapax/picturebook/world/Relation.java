package dev.hapax.picturebook.world;

/** Where the first thing of a scene is, seen from the second. */
public enum Relation {
    /** There is no second thing. */
    ALONE(""),
    /** Further left, at about the same height. */
    LEFT_OF("left of"),
    /** Further right, at about the same height. */
    RIGHT_OF("right of"),
    /** Higher up. */
    ABOVE("above"),
    /** Further down. */
    BELOW("below"),
    /** Left or right: the words leave it open. */
    BESIDE("beside");

    private final String words;

    Relation(String words) {
        this.words = words;
    }

    /** {@return the English preposition; empty for {@link #ALONE}} */
    public String words() {
        return words;
    }

    /** {@return the relation of the second thing to the first} */
    public Relation inverse() {
        return switch (this) {
            case LEFT_OF -> RIGHT_OF;
            case RIGHT_OF -> LEFT_OF;
            case ABOVE -> BELOW;
            case BELOW -> ABOVE;
            case ALONE, BESIDE -> this;
        };
    }
}
