package dev.hapax.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PaletteTest {
    @Test
    void flatColorsAreFoundWithTheirShares() {
        Raster picture = stripes(new int[][] {{200, 30, 40}, {200, 30, 40}, {20, 40, 210}, {240, 240, 240}});
        List<Palette.Color> colors = Palette.of(picture, 3).colors();
        assertEquals(3, colors.size());
        assertEquals(0.5, colors.get(0).share());
        assertEquals(0.25, colors.get(1).share());
        near(200, 30, 40, colors.get(0));
        assertEquals(1, colors.stream().mapToDouble(Palette.Color::share).sum(), 1e-12);
        assertEquals(1, Palette.of(stripes(new int[][] {{1, 2, 3}}), 5).colors().size(), "no more than there are");
        near(
                155,
                85,
                115,
                Palette.of(stripes(new int[][] {{200, 30, 40}, {110, 140, 190}}), 1)
                        .colors()
                        .get(0));
    }

    @Test
    void aBoxIsCutInTheLongerPartBesideItsMedian() {
        Raster picture =
                stripes(new int[][] {{4, 100, 100}, {84, 100, 100}, {164, 100, 100}, {164, 100, 100}, {252, 100, 100}});
        List<Palette.Color> colors = Palette.of(picture, 2).colors(); // median 164, the longer part 4 to 164
        assertEquals(0.8, colors.get(0).share(), 1e-12);
        near(4, 100, 100, colors.get(1));
    }

    @Test
    void colorsBecomeWords() {
        Raster picture =
                stripes(new int[][] {{200, 30, 40}, {180, 20, 30}, {200, 30, 40}, {30, 60, 220}, {250, 250, 245}});
        Map<String, Double> words = ColorWords.of(picture, 5);
        assertEquals(Set.of("red", "blue", "white"), words.keySet());
        assertEquals("red", words.keySet().iterator().next(), "the largest first");
        assertEquals(0.6, words.get("red"), 1e-12, "two reds are one word");
        assertEquals("gray", ColorWords.nearest(120, 125, 122));
        assertEquals("black", ColorWords.nearest(10, 12, 8));
        assertEquals("yellow", ColorWords.nearest(250, 240, 40));
        assertEquals("brown", ColorWords.nearest(120, 60, 30));
    }

    @Test
    void greyPicturesAreRefused() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Palette.of(new Raster(1, 1, 1, new byte[1]), 3))
                .getMessage();
        assertTrue(message.contains("1 channels"), message);
    }

    private static void near(int red, int green, int blue, Palette.Color color) {
        assertEquals(red, color.red(), 4);
        assertEquals(green, color.green(), 4);
        assertEquals(blue, color.blue(), 4);
    }

    private static Raster stripes(int[][] colors) {
        byte[] samples = new byte[colors.length * 4 * 3];
        for (int y = 0; y < colors.length; y++) {
            for (int i = 0; i < 12; i++) {
                samples[y * 12 + i] = (byte) colors[y][i % 3];
            }
        }
        return new Raster(4, colors.length, 3, samples);
    }
}
