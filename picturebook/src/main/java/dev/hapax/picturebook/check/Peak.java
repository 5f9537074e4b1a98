package dev.hapax.picturebook.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A cell of a grid that speaks for a thing more than all cells around it do.
 *
 * @param kind the index of the kind that it speaks for
 * @param row of the cell
 * @param column of the cell
 * @param score how much it does
 */
record Peak(int kind, int row, int column, double score) {

    /**
     * The peaks of a grid, the highest first. Kinds compete: a cell counts for the one it speaks for most, so that one
     * thing is never seen as two.
     *
     * @param scores one grid of {@code side * side} cells, row by row, for each kind
     * @param least scores below are no peaks
     * @param most how many peaks are returned at most
     */
    static List<Peak> find(float[][] scores, int side, double least, int most) {
        int[] best = new int[side * side];
        for (int cell = 0; cell < best.length; cell++) {
            for (int kind = 1; kind < scores.length; kind++) {
                best[cell] = scores[kind][cell] > scores[best[cell]][cell] ? kind : best[cell];
            }
        }
        List<Peak> peaks = new ArrayList<>();
        for (int cell = 0; cell < best.length; cell++) {
            double score = scores[best[cell]][cell];
            if (score >= least && isHighest(scores, best, side, cell)) {
                peaks.add(new Peak(best[cell], cell / side, cell % side, score));
            }
        }
        peaks.sort(Comparator.comparingDouble(Peak::score).reversed());
        return peaks.subList(0, Math.min(most, peaks.size()));
    }

    /** Whether none of the eight cells around is higher; of equal ones the first is the peak. */
    private static boolean isHighest(float[][] scores, int[] best, int side, int cell) {
        double own = scores[best[cell]][cell];
        for (int row = Math.max(0, cell / side - 1); row <= Math.min(side - 1, cell / side + 1); row++) {
            for (int column = Math.max(0, cell % side - 1); column <= Math.min(side - 1, cell % side + 1); column++) {
                int other = row * side + column;
                double score = scores[best[other]][other];
                if (score > own || (score == own && other < cell)) {
                    return false;
                }
            }
        }
        return true;
    }
}
