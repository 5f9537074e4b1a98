package dev.hapax.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Attention losses read the maps nearest to 16 x 16, whatever the size of the picture and the order of layers. */
class ResolutionTest {
    private static List<AttentionLayer> layers(int... divisors) {
        List<AttentionLayer> layers = new ArrayList<>();
        for (int divisor : divisors) {
            layers.add(new AttentionLayer(layers.size(), "layer " + layers.size(), divisor, 768));
        }
        return layers;
    }

    private static Resolution watched(int height, int width, int... divisors) {
        return Resolution.nearest(new Resolution(height, width), layers(divisors), 16);
    }

    @Test
    void theMapsNearestToAWantedSide() {
        assertEquals(Resolution.square(16), watched(64, 64, 1, 2, 4, 8, 4, 2, 1), "Stable Diffusion at 512 pixels");
        assertEquals(Resolution.square(12), watched(96, 96, 2, 4, 8, 4, 2), "Stable Diffusion 2.x at 768: 24 or 12");
        assertEquals(Resolution.square(16), watched(32, 32, 1, 2, 4, 8), "at 256 pixels another layer");
        assertEquals(Resolution.square(16), watched(16, 16, 1, 2), "Picturebook");
        assertEquals(Resolution.square(32), watched(128, 128, 2, 4), "nothing nearer");
        assertEquals(new Resolution(16, 24), watched(64, 96, 1, 2, 4, 8), "by the shorter side");
        assertEquals(new Resolution(17, 25), watched(65, 97, 1, 2, 4, 8), "halves are rounded up, as the layers do");
    }

    @Test
    void aUNetWithoutTextHasNone() {
        assertThrows(IllegalArgumentException.class, () -> watched(64, 64));
    }
}
