package dev.hapax.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class EmbeddingEntropyTest {
    @Test
    void growsFromOneCoordinateToAll() {
        assertEquals(0, EmbeddingEntropy.of(new float[] {0, -3, 0}), 1e-12);
        assertEquals(Math.log(4), EmbeddingEntropy.of(new float[] {2, -2, 2, 2}), 1e-12);
        assertEquals(-0.2 * Math.log(0.2) - 0.8 * Math.log(0.8), EmbeddingEntropy.of(new float[] {1, 2}), 1e-12);
        assertEquals(
                EmbeddingEntropy.of(new float[] {1, 2}),
                EmbeddingEntropy.of(new float[] {-50, 100}),
                1e-12,
                "it does not see the length");
    }

    @Test
    void nothingHasNoEntropy() {
        assertThrows(IllegalArgumentException.class, () -> EmbeddingEntropy.of(new float[3]));
    }
}
