package dev.hapax.method.compositionalinversion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparseCodeTest {

    private static List<float[]> atoms(int count, int width, long seed) {
        List<float[]> atoms = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            for (int i = 0; i < count; i++) {
                atoms.add(new Rng(seed).normal(Purpose.NOISE, 0, i, width).toFloats());
            }
        }
        return atoms;
    }

    private static float[] sum(List<float[]> atoms, double[] weights) {
        float[] sum = new float[atoms.get(0).length];
        for (int j = 0; j < sum.length; j++) {
            double value = 0;
            for (int i = 0; i < weights.length; i++) {
                value += weights[i] * atoms.get(i)[j];
            }
            sum[j] = (float) value;
        }
        return sum;
    }

    @ParameterizedTest // as many anchors as COCO has, as wide as SD 1.x
    @CsvSource({"1", "3", "4"})
    void plantedWeightsAreFound(int planted) {
        List<float[]> atoms = atoms(80, 768, 5);
        double[] weights = new double[80];
        for (int i = 0; i < planted; i++) {
            weights[(7 + 23 * i) % 80] = 0.2 + 0.3 * i;
        }
        assertArrayEquals(weights, SparseCode.of(atoms, sum(atoms, weights), 4, -1), 1e-5);
    }

    @Test
    void plantedWeightsAreFoundAmongAtomsThatAreAlike() {
        List<float[]> atoms = atoms(40, 64, 6);
        float[] common = atoms(1, 64, 7).get(0);
        for (float[] atom : atoms) {
            for (int j = 0; j < atom.length; j++) {
                atom[j] += 2 * common[j]; // cosines of about 0.8, as raw embeddings of one text encoder have
            }
        }
        double[] weights = new double[40];
        weights[3] = 0.5;
        weights[17] = 0.3;
        weights[31] = 0.4;
        assertArrayEquals(weights, SparseCode.of(atoms, sum(atoms, weights), 4, -1), 1e-4);
    }

    @Test
    void asNearAsTheBestOfAllChoices() {
        int equal = 0;
        int rounds = 60;
        for (int round = 0; round < rounds; round++) {
            List<float[]> atoms = atoms(10, 6, 100 + round);
            float[] vector = atoms(1, 6, 1000 + round).get(0);
            double[] weights = SparseCode.of(atoms, vector, 3, -1);
            double rest = SparseCode.rest(atoms, vector, weights);
            double best = bestOfAll(atoms, vector, 3);
            assertTrue(Arrays.stream(weights).filter(weight -> weight != 0).count() <= 3);
            assertTrue(Arrays.stream(weights).allMatch(weight -> weight >= 0));
            assertTrue(rest >= best - 1e-6, rest + " is less than the least, " + best);
            assertTrue(rest <= 2 * best + 1e-6, rest + " is much more than the least, " + best);
            equal += rest <= best + 1e-6 ? 1 : 0;
        }
        assertTrue(equal >= 0.95 * rounds, equal + " of " + rounds + " are the best");
    }

    /** Every choice of three, each with its exact weights. */
    private static double bestOfAll(List<float[]> atoms, float[] vector, int most) {
        double best = Double.POSITIVE_INFINITY;
        for (int bits = 0; bits < 1 << atoms.size(); bits++) {
            if (Integer.bitCount(bits) == most) {
                List<float[]> chosen = new ArrayList<>();
                for (int i = 0; i < atoms.size(); i++) {
                    if ((bits >> i & 1) == 1) {
                        chosen.add(atoms.get(i));
                    }
                }
                best = Math.min(best, SparseCode.rest(chosen, vector, exact(chosen, vector)));
            }
        }
        return best;
    }

    private static double[] exact(List<float[]> atoms, float[] vector) {
        int n = atoms.size();
        double[][] gram = new double[n][n];
        double[] target = new double[n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < vector.length; k++) {
                target[i] += (double) atoms.get(i)[k] * vector[k];
                for (int j = 0; j < n; j++) {
                    gram[i][j] += (double) atoms.get(i)[k] * atoms.get(j)[k];
                }
            }
        }
        return NonNegativeLeastSquares.solve(gram, target);
    }

    @Test
    void aForcedAtomTakesOneOfThePlaces() {
        List<float[]> atoms = List.of(new float[] {1, 0}, new float[] {0, 1}, new float[] {0.6f, 0.8f});
        float[] vector = {0.6f, 0.8f};
        assertArrayEquals(new double[] {0, 0, 1}, SparseCode.of(atoms, vector, 1, -1), 1e-6);
        assertArrayEquals(new double[] {0.6, 0, 0}, SparseCode.of(atoms, vector, 1, 0), 1e-6);
        // two others would be nearer
        List<float[]> axes = List.of(new float[] {1, 0, 0}, new float[] {0, 1, 0}, new float[] {0, 0, 1});
        assertArrayEquals(new double[] {0.1, 1, 0}, SparseCode.of(axes, new float[] {0.1f, 1, 0.9f}, 2, 0), 1e-6);
        assertArrayEquals(new double[] {0, 1, 0.9}, SparseCode.of(axes, new float[] {0.1f, 1, 0.9f}, 2, -1), 1e-6);
    }

    @Test
    void nothingIsChosenWhereEveryAtomPointsAway() {
        List<float[]> atoms = List.of(new float[] {1, 0}, new float[] {0, 1});
        assertEquals(
                0,
                Arrays.stream(SparseCode.of(atoms, new float[] {-1, -1}, 2, -1)).sum());
    }
}
