package dev.hapax.evaluation.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MatrixPictureTest {
    @Test
    void everyValueIsACellOfItsColor() {
        List<double[]> values = List.of(new double[] {Double.NaN, 1}, new double[] {0, Double.NaN});
        BufferedImage image = new MatrixPicture(List.of("cat", "<a> dog"), Set.of("<a> dog"), "fit", values).image();
        Map<Integer, Integer> colors = new HashMap<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colors.merge(image.getRGB(x, y) & 0xFFFFFF, 1, Integer::sum);
            }
        }
        int cell = 17 * 17;
        assertEquals(2 * cell, colors.get(0xEFECE6), "two empty cells");
        assertEquals(cell + 12, colors.get(HeatPicture.color(1)), "one of the largest, and the end of the scale");
        assertEquals(cell + 12, colors.get(HeatPicture.color(0)), "one of the smallest");
        assertEquals(true, colors.containsKey(0x0D7A83), "a learned word is written in its own color");
    }

    @Test
    void rowsAndColumnsHaveNames() {
        List<double[]> one = List.of(new double[] {1});
        assertThrows(IllegalArgumentException.class, () -> new MatrixPicture(List.of("a", "b"), Set.of(), "fit", one));
    }
}
