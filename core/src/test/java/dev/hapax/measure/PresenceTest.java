package dev.hapax.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PresenceTest {
    @Test
    void namesTheNearestFirst() {
        Map<String, Embedding> candidates = Map.of(
                "cat", new Embedding(new float[] {1, 0}),
                "dog", new Embedding(new float[] {1, 1}),
                "car", new Embedding(new float[] {-1, 0}));
        Embedding image = new Embedding(new float[] {2, 0.1f});
        assertEquals(List.of("cat", "dog"), Presence.nearest(image, candidates, 2));
        assertEquals(0.5, Presence.of(image, candidates, List.of("car", "cat")));
    }
}
