package dev.hapax.picturebook.world;

/** The families a {@link Kind} belongs to; captions may name the family in place of the kind. */
public enum Category {
    /** Animals one keeps at home. */
    PET("a pet"),
    /** Things that grow. */
    PLANT("a plant"),
    /** Things that stand in a room. */
    FURNITURE("a piece of furniture"),
    /** Things to travel in. */
    VEHICLE("a vehicle"),
    /** Things to drink from and pour with. */
    CROCKERY("a piece of crockery"),
    /** Things to eat from a tree. */
    FRUIT("a fruit"),
    /** Things to live in. */
    BUILDING("a building"),
    /** Things to play with. */
    TOY("a toy");

    private final String phrase;

    Category(String phrase) {
        this.phrase = phrase;
    }

    /** {@return the noun phrase with its article, "a piece of furniture"} */
    public String phrase() {
        return phrase;
    }

    /** {@return the noun phrase without its article, "piece of furniture"} */
    public String noun() {
        return phrase.substring("a ".length());
    }
}
