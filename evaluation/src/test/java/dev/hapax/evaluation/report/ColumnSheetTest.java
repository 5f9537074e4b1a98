package dev.hapax.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColumnSheetTest {
    private static final List<ColumnSheet.Group> GROUPS = List.of(
            new ColumnSheet.Group("", List.of("picture")), new ColumnSheet.Group("method", List.of("one", "two")));

    private static BufferedImage filled(int rgb) {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(rgb));
        graphics.fillRect(0, 0, 16, 16);
        graphics.dispose();
        return image;
    }

    @Test
    void everyImageHasItsPlace() {
        List<Integer> first = List.of(0xFF0000, 0x00FF00, 0x0000FF);
        List<Integer> second = List.of(0xFFFF00, 0x00FFFF, 0xFF00FF);
        BufferedImage sheet = new ColumnSheet(
                        GROUPS,
                        List.of(
                                new ColumnSheet.Line(
                                        "a rather long name of a line",
                                        first.stream()
                                                .map(ColumnSheetTest::filled)
                                                .toList()),
                                new ColumnSheet.Line(
                                        "b",
                                        second.stream()
                                                .map(ColumnSheetTest::filled)
                                                .toList())))
                .image();
        Map<Integer, int[]> places = new HashMap<>(); // pixels, sum of x, sum of y
        boolean written = false;
        for (int y = 0; y < sheet.getHeight(); y++) {
            for (int x = 0; x < sheet.getWidth(); x++) {
                int rgb = sheet.getRGB(x, y) & 0xFFFFFF;
                int[] sums = places.computeIfAbsent(rgb, c -> new int[3]);
                sums[0]++;
                sums[1] += x;
                sums[2] += y;
                written |= x < 100 && y > 46 && rgb == 0x2B2622;
            }
        }
        assertTrue(written, "lines have names");
        double above = 0;
        for (int i = 0; i < 3; i++) {
            int[] top = places.get(first.get(i));
            int[] bottom = places.get(second.get(i));
            assertEquals(72 * 72, top[0]);
            assertEquals(72 * 72, bottom[0]);
            assertEquals(top[1], bottom[1], "one column");
            assertEquals(76, (bottom[2] - top[2]) / top[0], "one line further down");
            double x = (double) top[1] / top[0];
            assertTrue(x > above + 72, "from left to right");
            above = x;
        }
    }

    @Test
    void everyLineIsFull() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ColumnSheet(GROUPS, List.of(new ColumnSheet.Line("short", List.of(filled(0))))));
        assertThrows(IllegalArgumentException.class, () -> new ColumnSheet(GROUPS, List.of()));
    }
}
