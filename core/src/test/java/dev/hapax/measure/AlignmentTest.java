package dev.hapax.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlignmentTest {
    private static final Embedding EAST = at(2, 0);
    private static final Embedding NORTH = at(0, 3);
    private static final Embedding NORTH_EAST = at(1, 1);
    private static final double HALF = Math.sqrt(0.5);

    private static Embedding at(float x, float y) {
        return new Embedding(new float[] {x, y});
    }

    @Test
    void clipScoreHasItsOwnTextScaleAndFloor() {
        TextAlignment fits = TextAlignment.of(EAST, new TextAlignment.Text(EAST, NORTH_EAST));
        assertEquals(1, fits.cosine(), 1e-7);
        assertEquals(2.5 * HALF, fits.clipScore(), 1e-7);
        TextAlignment opposed = TextAlignment.of(EAST, new TextAlignment.Text(at(-1, 0), at(-1, 0)));
        assertEquals(-1, opposed.cosine(), 1e-7);
        assertEquals(0, opposed.clipScore(), 1e-12);
    }

    @Test
    void imageAlignmentIsTheMeanOfAllPairs() {
        // cosines 1, 0; 0.707, 0.707
        assertEquals((1 + 2 * HALF) / 4, ImageAlignment.of(List.of(EAST, NORTH_EAST), List.of(EAST, NORTH)), 1e-7);
        assertThrows(IllegalArgumentException.class, () -> ImageAlignment.of(List.of(EAST), List.of()));
        assertThrows(IllegalArgumentException.class, () -> ImageAlignment.of(List.of(), List.of(EAST)));
    }

    @Test
    void diversityIsTheMeanDistanceOfPairs() {
        // 1 - 0, 1 - 0.707 and 1 - 0.707; no image is compared with itself
        assertEquals((3 - 2 * HALF) / 3, Diversity.of(List.of(EAST, NORTH, NORTH_EAST)), 1e-7);
        assertEquals(0, Diversity.of(List.of(EAST, at(5, 0))), 1e-7);
        assertThrows(IllegalArgumentException.class, () -> Diversity.of(List.of(EAST)));
    }

    @Test
    void asManyOfTheNearestCandidatesCountAsThereAreThings() {
        Map<String, Embedding> candidates = new LinkedHashMap<>();
        candidates.put("cat", NORTH);
        candidates.put("ball", NORTH_EAST);
        candidates.put("tree", at(-1, 0));
        assertEquals(1, Presence.of(at(0.1f, 1), candidates, List.of("cat")), 1e-12);
        assertEquals(0, Presence.of(at(0.1f, 1), candidates, List.of("ball")), 1e-12);
        assertEquals(1, Presence.of(at(0.1f, 1), candidates, List.of("ball", "cat")), 1e-12);
        assertEquals(0.5, Presence.of(at(0.1f, 1), candidates, List.of("tree", "cat")), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> Presence.of(EAST, candidates, List.of("dog")));
        assertThrows(
                IllegalArgumentException.class, () -> Presence.of(EAST, candidates, List.of("cat", "ball", "tree")));
    }
}
