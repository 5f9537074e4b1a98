package dev.hapax.vision;

import java.util.List;

/**
 * A box of the color histogram.
 *
 * @param counts of all bins
 * @param low the first bin along red, green, blue
 * @param high the last one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ColorBox(int[] counts, int[] low, int[] high) {
    private static final int CHANNELS = 3;

    long pixels() {
        return slices(0, low[0], high[0]);
    }

    int volume() {
        return length(0) * length(1) * length(2);
    }

    private int length(int axis) {
        return high[axis] - low[axis] + 1;
    }

    /** The pixels between two slices along an axis, both included. */
    private long slices(int axis, int from, int to) {
        int[] begin = low.clone();
        int[] end = high.clone();
        begin[axis] = from;
        end[axis] = to;
        long sum = 0;
        for (int r = begin[0]; r <= end[0]; r++) {
            for (int g = begin[1]; g <= end[1]; g++) {
                for (int b = begin[2]; b <= end[2]; b++) {
                    sum += count(r, g, b);
                }
            }
        }
        return sum;
    }

    private int count(int r, int g, int b) {
        int side = Palette.side();
        return counts[(r * side + g) * side + b];
    }

    /** The smallest box around its pixels. */
    ColorBox shrunk() {
        int[] begin = low.clone();
        int[] end = high.clone();
        for (int axis = 0; axis < CHANNELS; axis++) {
            while (begin[axis] < end[axis] && slices(axis, begin[axis], begin[axis]) == 0) {
                begin[axis]++;
            }
            while (end[axis] > begin[axis] && slices(axis, end[axis], end[axis]) == 0) {
                end[axis]--;
            }
        }
        return new ColorBox(counts, begin, end);
    }

    /** Two boxes; cut along the longest side, in the middle of the longer part beside the median. */
    List<ColorBox> cut() {
        int axis = 0;
        for (int other = 1; other < CHANNELS; other++) {
            axis = length(other) > length(axis) ? other : axis;
        }
        long all = pixels();
        int median = low[axis];
        while (slices(axis, low[axis], median) * 2 < all) {
            median++;
        }
        int left = median - low[axis];
        int right = high[axis] - median;
        int last = left <= right
                ? Math.min(high[axis] - 1, median + right / 2)
                : Math.max(low[axis], median - 1 - left / 2);
        int[] end = high.clone();
        end[axis] = last;
        int[] begin = low.clone();
        begin[axis] = last + 1;
        return List.of(new ColorBox(counts, low, end).shrunk(), new ColorBox(counts, begin, high).shrunk());
    }

    /** The mean of its pixels, each at the middle of its bin. */
    Palette.Color color(double pictures) {
        double[] sums = new double[CHANNELS];
        for (int r = low[0]; r <= high[0]; r++) {
            for (int g = low[1]; g <= high[1]; g++) {
                for (int b = low[2]; b <= high[2]; b++) {
                    int n = count(r, g, b);
                    sums[0] += n * (r + 0.5);
                    sums[1] += n * (g + 0.5);
                    sums[2] += n * (b + 0.5);
                }
            }
        }
        double all = pixels();
        double width = 256.0 / Palette.side();
        return new Palette.Color(
                (int) (sums[0] / all * width),
                (int) (sums[1] / all * width),
                (int) (sums[2] / all * width),
                all / pictures);
    }
}
