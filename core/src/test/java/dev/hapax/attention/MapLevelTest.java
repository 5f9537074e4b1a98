package dev.hapax.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which maps losses read, whatever the size of the picture and the order of layers. */
class MapLevelTest {
    private static final int[] STABLE_DIFFUSION = {1, 2, 4, 8, 4, 2, 1}; // down, the middle block, up
    private static final int[] SDXL = {2, 4, 4, 4, 2};
    private static final int[] PICTUREBOOK = {1, 2, 4, 2, 1};

    /** Layers of a U-Net that is as deep on its way down as on its way up. */
    private static List<AttentionLayer> layers(int... divisors) {
        List<AttentionLayer> layers = new ArrayList<>();
        int middle = divisors.length / 2;
        for (int i = 0; i < divisors.length; i++) {
            String block = i == middle ? "mid_block" : i < middle ? "down_blocks." + i : "up_blocks." + (i - middle);
            layers.add(new AttentionLayer(i, block + ".attentions.0.transformer_blocks.0.attn2", divisors[i], 768));
        }
        return layers;
    }

    private static Resolution nearest(int height, int width, int... divisors) {
        return MapLevel.NEAREST_TO_16.of(new Resolution(height, width), layers(divisors));
    }

    private static Resolution lowest(int height, int width, int... divisors) {
        return MapLevel.LOWEST_DOWN.of(new Resolution(height, width), layers(divisors));
    }

    @Test
    void theMapsNearestTo16() {
        assertEquals(Resolution.square(16), nearest(64, 64, STABLE_DIFFUSION), "Stable Diffusion at 512 pixels");
        assertEquals(Resolution.square(12), nearest(96, 96, STABLE_DIFFUSION), "Stable Diffusion 2.x at 768: 24 or 12");
        assertEquals(Resolution.square(16), nearest(32, 32, STABLE_DIFFUSION), "at 256 pixels another layer");
        assertEquals(Resolution.square(16), nearest(16, 16, PICTUREBOOK), "the outermost layers");
        assertEquals(Resolution.square(32), nearest(128, 128, SDXL), "nothing nearer");
        assertEquals(new Resolution(16, 24), nearest(64, 96, STABLE_DIFFUSION), "by the shorter side");
        assertEquals(new Resolution(17, 25), nearest(65, 97, STABLE_DIFFUSION), "halves are rounded up, as layers do");
    }

    @Test
    void theLowestMapsOfTheWayDown() {
        assertEquals(Resolution.square(16), lowest(64, 64, STABLE_DIFFUSION), "Stable Diffusion at 512 pixels");
        assertEquals(Resolution.square(24), lowest(96, 96, STABLE_DIFFUSION), "at 768 the same layers, not the middle");
        assertEquals(Resolution.square(8), lowest(16, 16, PICTUREBOOK), "the same place of a smaller U-Net");
        assertEquals(Resolution.square(32), lowest(128, 128, SDXL), "with the middle block, which is no lower");
        assertEquals(new Resolution(17, 25), lowest(65, 97, STABLE_DIFFUSION), "halves are rounded up, as layers do");
    }

    @Test
    void aUNetWithoutTextHasNone() {
        assertThrows(IllegalArgumentException.class, () -> nearest(64, 64));
        assertThrows(IllegalArgumentException.class, () -> lowest(64, 64));
    }
}
