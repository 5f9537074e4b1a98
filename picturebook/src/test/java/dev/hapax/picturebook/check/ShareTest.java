package dev.hapax.picturebook.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShareTest {

    @Test
    void theIntervalIsWilsons() { // values of statsmodels' proportion_confint(method="wilson")
        assertInterval(0.403832, 0.596168, new Share(50, 100));
        assertInterval(0, 0.277533, new Share(0, 10));
        assertInterval(0.722467, 1, new Share(10, 10));
    }

    @Test
    void nothingTriedSaysNothing() {
        assertTrue(Double.isNaN(Share.NONE.value()));
        assertInterval(0, 1, Share.NONE);
    }

    @Test
    void addsUp() {
        assertEquals(new Share(3, 7), new Share(1, 2).plus(new Share(2, 5)));
        assertThrows(IllegalArgumentException.class, () -> new Share(3, 2));
    }

    private static void assertInterval(double low, double high, Share share) {
        assertEquals(low, share.low(), 1e-6);
        assertEquals(high, share.high(), 1e-6);
    }
}
