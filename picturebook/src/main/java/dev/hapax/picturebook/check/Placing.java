package dev.hapax.picturebook.check;

import dev.hapax.picturebook.world.Relation;

/** Which relation two things are in, by the middles of their boxes; the world places them so that this is clear. */
final class Placing {
    private Placing() {}

    /**
     * Whether the first thing is where the relation says, seen from the second. Things stand beside each other if they
     * are further apart from left to right than from top to bottom, and above each other otherwise.
     *
     * @param dx how far the first is right of the second
     * @param dy how far the first is below the second
     */
    static boolean holds(Relation relation, double dx, double dy) {
        boolean beside = Math.abs(dx) > Math.abs(dy);
        return switch (relation) {
            case LEFT_OF -> beside && dx < 0;
            case RIGHT_OF -> beside && dx > 0;
            case BESIDE -> beside;
            case ABOVE -> !beside && dy < 0;
            case BELOW -> !beside && dy > 0;
            case ALONE -> false;
        };
    }
}
