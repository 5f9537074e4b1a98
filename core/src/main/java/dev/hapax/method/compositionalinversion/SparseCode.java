package dev.hapax.method.compositionalinversion;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Non-negative sparse coding (Olshausen and Field 1996; Hoyer 2002): a vector as a sum of a few atoms with weights that
 * are not negative, as near as possible in the sense of squares.
 *
 * <p>The atoms are chosen one by one, each time the one that leaves least over (orthogonal least squares, Chen et al.
 * 1989); then one is exchanged for another as long as that leaves less over. This is done from several first atoms, and
 * the best outcome counts. The weights of chosen atoms are exact; that no other choice is better is not certain, but
 * rare (see the tests).
 */
final class SparseCode {
    private static final double GAIN = 1e-9; // of the vector's square; less is rounding
    private static final int STARTS = 12; // our choice: of 1200 random problems, 1195 ended at the best choice of all

    /** Atoms, their weights, and the square of what they leave over. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Fit(int[] atoms, double[] weights, double rest) {}

    private final List<float[]> atoms;
    private final int forced;
    private final double square;
    private final double[] target; // of each atom, its product with the vector
    private final double[] squares; // of each atom
    private final Map<Integer, double[]> products = new HashMap<>(); // of an atom with all atoms

    private SparseCode(List<float[]> atoms, float[] vector, int forced) {
        this.atoms = atoms;
        this.forced = forced;
        square = dot(vector, vector);
        target = atoms.stream().mapToDouble(atom -> dot(atom, vector)).toArray();
        squares = atoms.stream().mapToDouble(atom -> dot(atom, atom)).toArray();
    }

    /**
     * The weights of all atoms.
     *
     * @param most how many weights may differ from 0, at least 1
     * @param forced the number of an atom that counts as chosen, whatever its weight; -1 for none
     */
    static double[] of(List<float[]> atoms, float[] vector, int most, int forced) {
        SparseCode code = new SparseCode(atoms, vector, forced);
        Fit best = code.fit(forced < 0 ? new int[0] : new int[] {forced});
        if (best.atoms.length < most) {
            for (int first : code.starts()) {
                int[] start = Arrays.copyOf(best.atoms, forced < 0 ? 1 : 2);
                start[start.length - 1] = first;
                Fit fit = code.exchanged(code.grown(code.fit(start), most));
                best = code.better(fit, best) ? fit : best;
            }
        }
        double[] weights = new double[atoms.size()];
        for (int i = 0; i < best.atoms.length; i++) {
            weights[best.atoms[i]] = best.weights[i];
        }
        return weights;
    }

    /** The square of what these weights leave over of a vector. */
    static double rest(List<float[]> atoms, float[] vector, double[] weights) {
        double sum = 0;
        for (int j = 0; j < vector.length; j++) {
            double value = vector[j];
            for (int i = 0; i < weights.length; i++) {
                value -= weights[i] * atoms.get(i)[j];
            }
            sum += value * value;
        }
        return sum;
    }

    /** The atoms that alone leave least over. */
    private int[] starts() {
        return IntStream.range(0, atoms.size())
                .filter(atom -> atom != forced && target[atom] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(atom -> -target[atom] * target[atom] / squares[atom]))
                .limit(STARTS)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private Fit grown(Fit start, int most) {
        Fit fit = start;
        while (fit.atoms.length < Math.min(most, atoms.size())) {
            Fit wider = best(Arrays.copyOf(fit.atoms, fit.atoms.length + 1), fit.atoms.length, fit);
            if (!better(wider, fit)) {
                break;
            }
            fit = wider;
        }
        return fit;
    }

    private Fit exchanged(Fit start) {
        Fit fit = start;
        while (true) {
            Fit other = fit;
            for (int place = 0; place < fit.atoms.length; place++) {
                if (fit.atoms[place] != forced) {
                    other = best(fit.atoms, place, other);
                }
            }
            if (!better(other, fit)) {
                return fit;
            }
            fit = other;
        }
    }

    /** The best of {@code otherwise} and all fits with another atom in one place. */
    private Fit best(int[] chosen, int place, Fit otherwise) {
        Fit best = otherwise;
        for (int atom = 0; atom < atoms.size(); atom++) {
            if (!among(atom, chosen, place)) {
                int[] other = chosen.clone();
                other[place] = atom;
                Fit fit = fit(other);
                best = better(fit, best) ? fit : best;
            }
        }
        return best;
    }

    private boolean better(Fit fit, Fit than) {
        return fit.rest < than.rest - GAIN * square;
    }

    private static boolean among(int atom, int[] chosen, int except) {
        for (int i = 0; i < chosen.length; i++) {
            if (i != except && chosen[i] == atom) {
                return true;
            }
        }
        return false;
    }

    private Fit fit(int[] chosen) {
        int n = chosen.length;
        double[][] gram = new double[n][n];
        double[] wanted = new double[n];
        for (int i = 0; i < n; i++) {
            wanted[i] = target[chosen[i]];
            for (int j = 0; j < n; j++) {
                gram[i][j] = product(chosen[i], chosen[j]);
            }
        }
        double[] weights = NonNegativeLeastSquares.solve(gram, wanted);
        double rest = square;
        for (int i = 0; i < n; i++) {
            rest -= 2 * weights[i] * wanted[i];
            for (int j = 0; j < n; j++) {
                rest += weights[i] * weights[j] * gram[i][j];
            }
        }
        return new Fit(chosen, weights, rest);
    }

    private double product(int a, int b) {
        if (a == b) {
            return squares[a];
        }
        double[] known = products.get(b);
        if (known != null) {
            return known[a];
        }
        return products.computeIfAbsent(
                        a,
                        key -> atoms.stream()
                                .mapToDouble(atom -> dot(atom, atoms.get(a)))
                                .toArray())[b];
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
