package dev.hapax.method.conceptlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WeightingTest {
    @Test
    void weightsSumToOne() {
        assertEquals(new Weighting(List.of(0.5, 0.5), false), Weighting.of(List.of(), 2));
        assertFalse(Weighting.of(List.of(0.4, 0.6), 2).changed());
        Weighting divided = Weighting.of(List.of(1.0, 3.0), 2);
        assertEquals(List.of(0.25, 0.75), divided.weights());
        assertTrue(divided.changed());
    }

    @Test
    void negativeOrMissingOnesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Weighting.of(List.of(-0.5, 1.5), 2));
        assertThrows(IllegalArgumentException.class, () -> Weighting.of(List.of(0.0, 0.0), 2));
        assertThrows(IllegalArgumentException.class, () -> Weighting.of(List.of(1.0), 2));
        assertThrows(IllegalArgumentException.class, () -> Weighting.of(List.of(Double.NaN, 1.0), 2));
    }
}
