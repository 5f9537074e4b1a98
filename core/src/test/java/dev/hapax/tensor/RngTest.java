package dev.hapax.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RngTest {
    private static float[] normals(long seed, Purpose purpose, long step, long sample, long n) {
        try (Scope scope = Scope.open()) {
            return new Rng(seed).normal(purpose, step, sample, n).toFloats();
        }
    }

    @Test
    void aDrawDependsOnItsCoordinatesOnly() {
        float[] once = normals(7, Purpose.NOISE, 3, 2, 10);
        normals(7, Purpose.NOISE, 4, 2, 1000);
        assertArrayEquals(once, normals(7, Purpose.NOISE, 3, 2, 10));
    }

    @Test
    void aLongerDrawBeginsLikeAShorterOne() {
        float[] longer = normals(7, Purpose.NOISE, 3, 2, 11);
        float[] shorter = normals(7, Purpose.NOISE, 3, 2, 6);
        for (int i = 0; i < shorter.length; i++) {
            assertEquals(longer[i], shorter[i]);
        }
    }

    @Test
    void everyCoordinateMatters() {
        Set<Float> first = new HashSet<>();
        for (long seed : new long[] {0, 1, -1, 1L << 40}) {
            for (long step : new long[] {0, 1, 1L << 33}) {
                for (long sample : new long[] {0, 1, 2}) {
                    for (Purpose purpose : Purpose.values()) {
                        first.add(normals(seed, purpose, step, sample, 1)[0]);
                    }
                }
            }
        }
        assertEquals(4 * 3 * 3 * Purpose.values().length, first.size());
    }

    @Test
    void normalsAreNormal() {
        float[] x = normals(1, Purpose.LATENTS, 0, 0, 200_000);
        double mean = 0;
        double square = 0;
        double fourth = 0;
        for (float v : x) {
            mean += v / x.length;
            square += (double) v * v / x.length;
            fourth += Math.pow(v, 4) / x.length;
        }
        assertEquals(0, mean, 0.01);
        assertEquals(1, square, 0.01);
        assertEquals(3, fourth, 0.1);
    }

    @Test
    void uniformsFillTheUnitInterval() {
        Rng rng = new Rng(5);
        int[] bins = new int[10];
        for (int i = 0; i < 100_000; i++) {
            double u = rng.uniform(Purpose.TIMESTEP, i, 0, 0);
            assertTrue(u >= 0 && u < 1);
            bins[(int) (u * 10)]++;
        }
        for (int count : bins) {
            assertEquals(10_000, count, 400);
        }
        assertNotEquals(rng.uniform(Purpose.TIMESTEP, 0, 0, 0), rng.uniform(Purpose.TIMESTEP, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> rng.below(0, Purpose.TEXT, 0, 0, 0));
    }
}
