package dev.hapax.method.compositionalinversion;

/**
 * The {@code x >= 0} that minimises {@code x G x / 2 - b x}, G symmetric and positive: the active-set method of Lawson
 * and Hanson (1974, chapter 23) on the normal equations. For a handful of unknowns.
 */
final class NonNegativeLeastSquares {
    private static final double ZERO = 1e-12; // relative to the largest entry; fp64 carries 1e-16
    private static final int ROUNDS = 30; // per unknown; a few suffice, the limit only guards against rounding

    private final double[][] gram;
    private final double[] target;
    private final double zero;
    private final double[] x;
    private final boolean[] free;

    private NonNegativeLeastSquares(double[][] gram, double[] target) {
        this.gram = gram;
        this.target = target;
        double largest = 0;
        for (double value : target) {
            largest = Math.max(largest, Math.abs(value));
        }
        zero = ZERO * largest;
        x = new double[target.length];
        free = new boolean[target.length];
    }

    /**
     * Solves.
     *
     * @param gram (n, n)
     * @param target (n)
     */
    static double[] solve(double[][] gram, double[] target) {
        NonNegativeLeastSquares problem = new NonNegativeLeastSquares(gram, target);
        for (int round = 0; round < ROUNDS * target.length && problem.release(); round++) {
            problem.descend();
        }
        return problem.x;
    }

    /** Frees the unknown at zero that gains most by growing. */
    private boolean release() {
        int best = -1;
        double most = zero;
        for (int i = 0; i < x.length; i++) {
            double gain = target[i] - dot(gram[i], x);
            if (!free[i] && gain > most) {
                best = i;
                most = gain;
            }
        }
        if (best >= 0) {
            free[best] = true;
        }
        return best >= 0;
    }

    /** Goes to the minimum over the free unknowns; those that would turn negative on the way stay at zero. */
    private void descend() {
        while (true) {
            double[] goal = minimum();
            double step = 1;
            for (int i = 0; i < x.length; i++) {
                if (free[i] && goal[i] <= 0) {
                    step = Math.min(step, x[i] / (x[i] - goal[i]));
                }
            }
            boolean stopped = false;
            for (int i = 0; i < x.length; i++) {
                x[i] += step * (goal[i] - x[i]);
                if (free[i] && goal[i] <= 0 && x[i] <= ZERO) {
                    x[i] = 0;
                    free[i] = false;
                    stopped = true;
                }
            }
            if (!stopped) {
                return;
            }
        }
    }

    /** The minimum without bounds over the free unknowns, the others 0: Gauss's elimination. */
    private double[] minimum() {
        int n = x.length;
        double[][] rows = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rows[i][j] = free[i] && free[j] ? gram[i][j] : 0;
            }
            rows[i][i] = free[i] ? gram[i][i] * (1 + ZERO) : 1; // two equal atoms still have one solution
            rows[i][n] = free[i] ? target[i] : 0;
        }
        for (int k = 0; k < n; k++) {
            for (int i = k + 1; i < n; i++) {
                double factor = rows[i][k] / rows[k][k];
                for (int j = k; j <= n; j++) {
                    rows[i][j] -= factor * rows[k][j];
                }
            }
        }
        double[] result = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double rest = rows[i][n];
            for (int j = i + 1; j < n; j++) {
                rest -= rows[i][j] * result[j];
            }
            result[i] = rest / rows[i][i];
        }
        return result;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
