package dev.hapax.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.vision.Raster;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class CanvasTest {
    private static final ImageSize ODD = new ImageSize(13, 8);

    @Test
    void sidesAreRoundedUp() {
        assertEquals(new ImageSize(16, 8), Canvas.of(ODD, 8).drawn());
        assertEquals(ODD, Canvas.of(ODD, 8).shown());
        assertEquals(new ImageSize(8, 8), Canvas.of(new ImageSize(1, 1), 8).drawn());
        assertThrows(IllegalArgumentException.class, () -> new Canvas(ODD, new ImageSize(16, 7)));
    }

    @Test
    void everyPixelOfAPictureStaysInItsPlace() {
        Raster picture = Raster.of(Pictures.colourful(13, 8));
        Raster fitted = Canvas.of(ODD, 8).fit(picture);
        assertEquals(16, fitted.width());
        assertArrayEquals(picture.samples(), fitted.crop(0, 0, 13, 8).samples());
        Raster last = picture.crop(12, 0, 1, 8);
        for (int x = 13; x < 16; x++) {
            assertArrayEquals(last.samples(), fitted.crop(x, 0, 1, 8).samples());
        }
    }

    @Test
    void anotherSizeIsResizedFirst() {
        Raster picture = Raster.of(Pictures.colourful(26, 16));
        Raster fitted = Canvas.of(ODD, 8).fit(picture);
        Raster resized = picture.resize(13, 8, dev.hapax.vision.Resampling.LANCZOS);
        assertArrayEquals(resized.samples(), fitted.crop(0, 0, 13, 8).samples());
    }

    @Test
    void whatWasAddedIsCutOff() {
        BufferedImage drawn = Pictures.colourful(16, 8);
        BufferedImage cut = Canvas.of(ODD, 8).cut(drawn);
        assertEquals(13, cut.getWidth());
        assertArrayEquals(
                Raster.of(drawn).crop(0, 0, 13, 8).samples(), Raster.of(cut).samples());
        assertTrue(Canvas.of(new ImageSize(16, 8), 8).cut(drawn) == drawn);
    }
}
