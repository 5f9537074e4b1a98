package dev.hapax.vision.detect;

import java.util.Arrays;

/**
 * The cheapest way to give each of n rows a column of its own out of m: the Hungarian method (Kuhn 1955) in the form of
 * shortest augmenting paths (Jonker and Volgenant 1987), n^2 m steps.
 */
final class Assignment {
    private final double[][] costs;
    private final int columns;
    private final double[] rowPrice;
    private final double[] columnPrice;
    private final int[] rowOf; // of each column, -1 for none

    private Assignment(double[][] costs, int columns) {
        this.costs = costs;
        this.columns = columns;
        rowPrice = new double[costs.length];
        columnPrice = new double[columns];
        rowOf = new int[columns];
        Arrays.fill(rowOf, -1);
    }

    /**
     * The column of each row, such that no column is taken twice and the sum of the costs is as small as possible.
     *
     * @param costs rows of equal length, finite
     * @throws IllegalArgumentException if there are more rows than columns, or a cost is not a finite number
     */
    static int[] cheapest(double[][] costs) {
        int columns = costs.length == 0 ? 0 : costs[0].length;
        if (costs.length > columns) {
            throw new IllegalArgumentException(
                    costs.length + " rows cannot have columns of their own out of " + columns);
        }
        for (double[] row : costs) {
            if (row.length != columns || !Arrays.stream(row).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException(
                        "costs must be " + columns + " finite numbers in each row, got " + Arrays.toString(row));
            }
        }
        Assignment assignment = new Assignment(costs, columns);
        for (int row = 0; row < costs.length; row++) {
            assignment.add(row);
        }
        int[] columnOf = new int[costs.length];
        for (int column = 0; column < columns; column++) {
            if (assignment.rowOf[column] >= 0) {
                columnOf[assignment.rowOf[column]] = column;
            }
        }
        return columnOf;
    }

    /** Finds the cheapest path from a new row over taken columns to a free one, and moves the rows on it along. */
    private void add(int newRow) {
        double[] distance = new double[columns];
        int[] before = new int[columns]; // the column before this one on the path, -1 at its beginning
        boolean[] done = new boolean[columns];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        int row = newRow;
        int last = -1;
        double length = 0;
        while (row >= 0) {
            for (int column = 0; column < columns; column++) {
                double through = length + costs[row][column] - rowPrice[row] - columnPrice[column];
                if (!done[column] && through < distance[column]) {
                    distance[column] = through;
                    before[column] = last;
                }
            }
            last = nearest(distance, done);
            length = distance[last];
            done[last] = true;
            row = rowOf[last];
        }
        reprice(newRow, distance, done, length);
        while (last >= 0) {
            rowOf[last] = before[last] >= 0 ? rowOf[before[last]] : newRow;
            last = before[last];
        }
    }

    private static int nearest(double[] distance, boolean[] done) {
        int best = -1;
        for (int column = 0; column < distance.length; column++) {
            if (!done[column] && (best < 0 || distance[column] < distance[best])) {
                best = column;
            }
        }
        return best;
    }

    /** Keeps every reduced cost at least 0, and those of the assigned pairs at 0. */
    private void reprice(int newRow, double[] distance, boolean[] done, double length) {
        rowPrice[newRow] += length;
        for (int column = 0; column < columns; column++) {
            if (done[column]) {
                columnPrice[column] += distance[column] - length;
                if (rowOf[column] >= 0) {
                    rowPrice[rowOf[column]] += length - distance[column];
                }
            }
        }
    }
}
