package dev.hapax.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {
    /** Around (10, 20, 30): far along (3, 4, 0) / 5, a little along (0, 0, 1). */
    private static float[] point(double far, double little) {
        return new float[] {(float) (10 + 0.6 * far), (float) (20 + 0.8 * far), (float) (30 + little)};
    }

    @Test
    void findsTheDirectionsThatWerePlanted() {
        List<double[]> flat =
                PrincipalComponents.of(List.of(point(-2, 0.5), point(-1, -0.5), point(0, -0.5), point(3, 0.5)), 2);
        double[] first = flat.stream().mapToDouble(place -> place[0]).toArray();
        double[] second = flat.stream().mapToDouble(place -> place[1]).toArray();
        assertArrayEquals(new double[] {-2, -1, 0, 3}, first, 0.2);
        assertEquals(0.5, second[0], 0.2);
        assertEquals(-0.5, second[2], 0.2);
        double squares = 0;
        for (double[] place : flat) {
            squares += place[0] * place[0] + place[1] * place[1];
        }
        assertEquals(4 + 1 + 9 + 4 * 0.25, squares, 1e-5, "the plane holds all the points");
    }

    @Test
    void theLargestCoordinateIsPositive() {
        List<double[]> flat = PrincipalComponents.of(List.of(point(2, 0), point(1, 0), point(-3, 0)), 1);
        assertEquals(3, flat.get(2)[0], 1e-5);
        assertEquals(-2, flat.get(0)[0], 1e-5);
    }

    @Test
    void whatCannotBeLaidFlatIsRefused() {
        List<float[]> two = List.of(new float[3], new float[3]);
        assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.of(two, 3));
        assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.of(two.subList(0, 1), 1));
        List<float[]> uneven = List.of(new float[3], new float[2]);
        assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.of(uneven, 1));
    }
}
