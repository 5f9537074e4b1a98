package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.category.Category;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A new pet that is no cat and no dog. */
class InventFigureTest {
    private static final InventedConcept CONCEPT = new InventedConcept(
            "pet",
            new Category("pet", List.of("cat", "dog", "rabbit"), false),
            List.of("apple", "house"),
            List.of("cat", "dog"),
            0,
            7);

    private static double of(InventFigure figure, Looks looks) {
        return figure.of(looks, CONCEPT);
    }

    @Test
    void sharesOfMembersMakeUpTheCategory() {
        Looks shares = new Looks(Map.of("cat", 0.2, "dog", 0.1, "rabbit", 0.4, "apple", 0.05, "house", 0.15), true);
        assertEquals(0.7, of(InventFigure.POSITIVE, shares), 1e-12);
        assertEquals(0.7 - 0.2, of(InventFigure.DISTANCE, shares), 1e-12, "the cat is the nearer negative");
        assertEquals(0.4, of(InventFigure.NEAREST, shares), 1e-12, "members that are no negatives count");
        assertEquals(0.2, of(InventFigure.FIRST_PARENT, shares), 1e-12);
        assertEquals(0.1, of(InventFigure.SECOND_PARENT, shares), 1e-12);
        assertEquals(0.1, of(InventFigure.UNRELATED, shares), 1e-12);
        assertEquals(0.15, of(InventFigure.NEAREST_UNRELATED, shares), 1e-12);
    }

    @Test
    void cosinesKnowTheCategoryByItsName() {
        Looks cosines = new Looks(Map.of("pet", 0.3, "cat", 0.21, "dog", 0.25, "rabbit", 0.4), false);
        assertEquals(0.3, of(InventFigure.POSITIVE, cosines), 1e-12);
        assertEquals(0.3 - 0.25, of(InventFigure.DISTANCE, cosines), 1e-12);
        assertThrows(NullPointerException.class, () -> of(InventFigure.UNRELATED, cosines));
    }

    @Test
    void columnsSayWhoJudges() {
        assertEquals(
                "negative distance (reader)",
                InventFigure.DISTANCE.measure(InventJudge.READER, true).name());
        String marked = "the one that words are optimised against";
        assertTrue(
                InventFigure.POSITIVE.measure(InventJudge.CLIP, false).meaning().contains(marked));
        assertFalse(
                InventFigure.POSITIVE.measure(InventJudge.CLIP, true).meaning().contains(marked));
    }
}
