package dev.hapax.evaluation.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ClaimTest {

    @Test
    void theIntervalDecides() {
        assertEquals(Verdict.HOLDS, verdict(0.2, 0.1, 0.3, 6));
        assertEquals(Verdict.DOES_NOT_HOLD, verdict(-0.2, -0.3, -0.1, 6));
        assertEquals(Verdict.UNDECIDED, verdict(0.1, -0.1, 0.3, 6));
        assertEquals(Verdict.UNDECIDED, verdict(0.1, 0, 0.3, 6));
    }

    @Test
    void fiveDifferencesDecideNothing() {
        assertEquals(Verdict.UNDECIDED, verdict(0.2, 0.1, 0.3, 5));
        assertEquals(Verdict.UNDECIDED, verdict(0.2, 0.2, 0.2, 1));
    }

    @Test
    void anIntervalHoldsItsMean() {
        assertThrows(IllegalArgumentException.class, () -> new Interval(1, 2, 3, 4));
        assertThrows(IllegalArgumentException.class, () -> new Interval(Double.NaN, 0, 1, 4));
        assertThrows(IllegalArgumentException.class, () -> new Interval(0, Double.NEGATIVE_INFINITY, 1, 4));
        assertThrows(IllegalArgumentException.class, () -> new Interval(0, 0, 0, 0));
    }

    private static Verdict verdict(double mean, double low, double high, int n) {
        return new Claim("one > all", "a test", new Interval(mean, low, high, n)).verdict();
    }
}
