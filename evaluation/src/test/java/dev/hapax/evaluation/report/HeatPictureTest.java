package dev.hapax.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.measure.HeatMap;
import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class HeatPictureTest {

    @Test
    void glowsWhereItIsLookedAtAndFadesElsewhere() {
        BufferedImage blue = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 20; y++) {
            for (int x = 0; x < 40; x++) {
                blue.setRGB(x, y, 0x0000FF);
            }
        }
        float[] map = new float[16];
        map[1 * 4 + 3] = 7; // second row, last column
        BufferedImage drawn = HeatPicture.of(blue, new HeatMap(4, 4, map), 64);
        assertEquals(64, drawn.getWidth());
        assertEquals(64, drawn.getHeight());
        Color hot = new Color(drawn.getRGB(58, 24));
        assertTrue(hot.getRed() > 180 && hot.getBlue() < 150, hot.toString());
        float[] everywhere = new float[16];
        java.util.Arrays.fill(everywhere, 7);
        drawn.setRGB(
                0, 0, HeatPicture.of(blue, new HeatMap(4, 4, everywhere), 64).getRGB(9, 9));
        assertEquals(new Color(0xBFA97A), new Color(drawn.getRGB(0, 0))); // a quarter blue, the rest the brightest glow
        assertEquals(new Color(0x9492F5), new Color(drawn.getRGB(4, 60))); // 0.4 blue and 0.6 paper
    }
}
