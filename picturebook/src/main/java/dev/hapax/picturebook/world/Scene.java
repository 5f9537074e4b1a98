package dev.hapax.picturebook.world;

import java.util.List;
import java.util.Objects;

/**
 * A scene to draw: one thing alone or two in a relation.
 *
 * @param things one or two things; the later one is in front
 * @param relation of the first thing to the second; {@link Relation#ALONE} if and only if there is one
 * @param background where it takes place
 * @param style the hand it is drawn in
 * @param jitterSeed decides all that no caption tells: exact places, sizes, facing, the lie of the land
 */
public record Scene(List<Thing> things, Relation relation, Background background, Style style, long jitterSeed) {

    /** Checks the parts. */
    public Scene {
        things = List.copyOf(things);
        Objects.requireNonNull(relation, "relation");
        Objects.requireNonNull(background, "background");
        Objects.requireNonNull(style, "style");
        if (things.isEmpty() || things.size() > 2) {
            throw new IllegalArgumentException("a scene has one or two things, not " + things.size());
        }
        if ((things.size() == 1) != (relation == Relation.ALONE)) {
            throw new IllegalArgumentException(things.size() + " things cannot be " + relation);
        }
    }

    /**
     * {@return a scene of one thing}
     *
     * @param thing the thing
     * @param background where
     * @param style the hand
     * @param jitterSeed the rest
     */
    public static Scene of(Thing thing, Background background, Style style, long jitterSeed) {
        return new Scene(List.of(thing), Relation.ALONE, background, style, jitterSeed);
    }

    /**
     * {@return the same scene in another hand}
     *
     * @param other the style
     */
    public Scene in(Style other) {
        return new Scene(things, relation, background, other, jitterSeed);
    }

    /** {@return whether there are two things} */
    public boolean isPair() {
        return things.size() == 2;
    }
}
