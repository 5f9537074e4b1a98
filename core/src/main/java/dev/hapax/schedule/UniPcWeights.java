package dev.hapax.schedule;

import java.util.Arrays;

/**
 * The weights with which UniPC adds divided differences (Zhao et al. 2023, equations 5 and 9): they make the step exact
 * for polynomials, given positions r_k and the step z. Weights include the factor B(h).
 */
final class UniPcWeights {
    private UniPcWeights() {}

    /** For the predictor, which does not know the estimate at the step's end: one weight fewer than positions. */
    static double[] predictor(double[] positions, double z, boolean secondB) {
        int unknowns = positions.length - 1;
        double b = b(z, secondB);
        if (unknowns == 1) {
            return new double[] {b / 2}; // the paper's choice for order 2, appendix F
        }
        return scaled(solve(positions, unknowns, z, b), b);
    }

    /** For the corrector: the last weight is that of the estimate at the step's end. */
    static double[] corrector(double[] positions, double z, boolean secondB) {
        double b = b(z, secondB);
        if (positions.length == 1) {
            return new double[] {b / 2}; // the same for order 1
        }
        return scaled(solve(positions, positions.length, z, b), b);
    }

    private static double b(double z, boolean secondB) {
        return secondB ? Math.expm1(z) : z;
    }

    private static double[] scaled(double[] weights, double factor) {
        return Arrays.stream(weights).map(weight -> weight * factor).toArray();
    }

    /** Solves sum_k w_k r_k^i = phi_{i+2}(z) (i + 1)! / B for i = 0 ... n - 1, by elimination with pivots. */
    private static double[] solve(double[] positions, int n, double z, double b) {
        double[][] rows = new double[n][n + 1];
        double phi = Math.expm1(z) / z - 1;
        double factorial = 1;
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n; k++) {
                rows[i][k] = Math.pow(positions[k], i);
            }
            rows[i][n] = phi * factorial / b;
            factorial *= i + 2;
            phi = phi / z - 1 / factorial;
        }
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) {
                    pivot = row;
                }
            }
            double[] swapped = rows[pivot];
            rows[pivot] = rows[column];
            rows[column] = swapped;
            for (int row = 0; row < n; row++) {
                if (row != column) {
                    double ratio = rows[row][column] / rows[column][column];
                    for (int k = column; k <= n; k++) {
                        rows[row][k] -= ratio * rows[column][k];
                    }
                }
            }
        }
        double[] solution = new double[n];
        for (int i = 0; i < n; i++) {
            solution[i] = rows[i][n] / rows[i][i];
        }
        return solution;
    }
}
