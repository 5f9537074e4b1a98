package dev.hapax.method.compositionalinversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonNegativeLeastSquaresTest {

    @Test
    void byHand() {
        double[][] apart = {{1, 0}, {0, 2}};
        assertArrayEquals(new double[] {3, 2}, NonNegativeLeastSquares.solve(apart, new double[] {3, 4}), 1e-9);
        assertArrayEquals(new double[] {3, 0}, NonNegativeLeastSquares.solve(apart, new double[] {3, -4}), 1e-9);
        assertArrayEquals(new double[2], NonNegativeLeastSquares.solve(apart, new double[] {-3, -4}));
        assertArrayEquals(new double[0], NonNegativeLeastSquares.solve(new double[0][0], new double[0]));
        // without the bound (2, -1): x = 2 alone would overshoot, 1.5 is best
        double[][] alike = {{2, 1}, {1, 2}};
        assertArrayEquals(new double[] {1.5, 0}, NonNegativeLeastSquares.solve(alike, new double[] {3, 0}), 1e-9);
    }

    @ParameterizedTest // the minimum has a gradient of 0 where x > 0, and one that points inwards where x = 0
    @CsvSource({"1", "2", "3", "5", "8"})
    void theConditionsOfTheMinimumHold(int n) {
        Rng rng = new Rng(n);
        int bounded = 0;
        for (int round = 0; round < 300; round++) {
            double[][] gram = new double[n][n];
            double[] target = new double[n];
            double[][] atoms = new double[n][n + 2];
            for (int i = 0; i < n; i++) {
                target[i] = 2 * rng.uniform(Purpose.NOISE, round, 1, i) - 0.7;
                for (int k = 0; k < n + 2; k++) {
                    atoms[i][k] = rng.uniform(Purpose.NOISE, round, 0, i * (n + 2) + k); // all in one quarter: alike
                }
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    for (int k = 0; k < n + 2; k++) {
                        gram[i][j] += atoms[i][k] * atoms[j][k];
                    }
                }
            }
            double[] x = NonNegativeLeastSquares.solve(gram, target);
            for (int i = 0; i < n; i++) {
                double slope = -target[i];
                for (int j = 0; j < n; j++) {
                    slope += gram[i][j] * x[j];
                }
                assertTrue(x[i] >= 0);
                assertTrue(x[i] > 0 ? Math.abs(slope) < 1e-7 : slope > -1e-7, "x " + x[i] + ", slope " + slope);
                bounded += x[i] > 0 ? 0 : 1;
            }
        }
        assertTrue(bounded > 30 && bounded < 300 * n - 30, bounded + " unknowns were 0");
    }

    @Test
    void twoEqualAtomsShareTheirWeight() {
        double[] x = NonNegativeLeastSquares.solve(new double[][] {{1, 1}, {1, 1}}, new double[] {2, 2});
        assertEquals(2, x[0] + x[1], 1e-6);
    }
}
