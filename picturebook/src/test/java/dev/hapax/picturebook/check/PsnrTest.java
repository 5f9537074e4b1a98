package dev.hapax.picturebook.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class PsnrTest {

    @Test
    void followsTheFormula() {
        BufferedImage black = filled(0x000000);
        assertEquals(0, Psnr.of(black, filled(0xFFFFFF)), 1e-9);
        assertEquals(20 * Math.log10(255.0 / 10), Psnr.of(black, filled(0x0A0A0A)), 1e-9);
        assertEquals(20 * Math.log10(255.0 / 30) + 10 * Math.log10(3), Psnr.of(black, filled(0x001E00)), 1e-9);
        assertEquals(Double.POSITIVE_INFINITY, Psnr.of(black, filled(0)));
    }

    @Test
    void refusesPicturesOfOtherSizes() {
        BufferedImage small = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
        assertThrows(IllegalArgumentException.class, () -> Psnr.of(filled(0), small));
    }

    private static BufferedImage filled(int rgb) {
        BufferedImage image = new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 32; i++) {
            image.setRGB(i % 8, i / 8, rgb);
        }
        return image;
    }
}
