package dev.hapax.picturebook.world;

import static dev.hapax.picturebook.world.Category.BUILDING;
import static dev.hapax.picturebook.world.Category.CROCKERY;
import static dev.hapax.picturebook.world.Category.FRUIT;
import static dev.hapax.picturebook.world.Category.FURNITURE;
import static dev.hapax.picturebook.world.Category.PET;
import static dev.hapax.picturebook.world.Category.PLANT;
import static dev.hapax.picturebook.world.Category.TOY;
import static dev.hapax.picturebook.world.Category.VEHICLE;

import java.util.Locale;

/** What a thing is; every kind has a silhouette of its own. */
public enum Kind {
    /** Sits upright, seen from the front. */
    CAT(PET),
    /** Stands, seen from the side. */
    DOG(PET),
    /** Sits, with tall ears. */
    RABBIT(PET),
    /** Perches, seen from the side. */
    BIRD(PET),
    /** Swims, seen from the side. */
    FISH(PET),
    /** A crown on a trunk. */
    TREE(PLANT),
    /** Petals on a stem. */
    FLOWER(PLANT),
    /** A cap on a pale foot. */
    MUSHROOM(PLANT),
    /** Arms in a pot. */
    CACTUS(PLANT),
    /** Backrest, seat and legs. */
    CHAIR(FURNITURE),
    /** A shade on a stand. */
    LAMP(FURNITURE),
    /** A top on legs. */
    TABLE(FURNITURE),
    /** Four wheels, of which one sees two. */
    CAR(VEHICLE),
    /** A hull under sail. */
    BOAT(VEHICLE),
    /** A cup with one handle. */
    MUG(CROCKERY),
    /** A belly with spout, lid and handle. */
    TEAPOT(CROCKERY),
    /** Round, with stalk and leaf. */
    APPLE(FRUIT),
    /** A crescent. */
    BANANA(FRUIT),
    /** Walls under a roof. */
    HOUSE(BUILDING),
    /** Tall and slender. */
    TOWER(BUILDING),
    /** A disc with seams. */
    BALL(TOY),
    /** A rhombus with a tail. */
    KITE(TOY);

    private final Category category;

    Kind(Category category) {
        this.category = category;
    }

    /** {@return the family of this kind} */
    public Category category() {
        return category;
    }

    /** {@return the English noun} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
