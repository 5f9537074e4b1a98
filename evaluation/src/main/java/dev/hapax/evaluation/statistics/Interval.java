package dev.hapax.evaluation.statistics;

/**
 * A mean and where it lies with 95 % confidence; {@link Bootstrap} computes it.
 *
 * @param mean of all values, in their unit
 * @param low the lower end
 * @param high the upper end
 * @param n how many independent units stand behind it: the groups of the values, or the values where each is a group of
 *     its own; with one unit there is no spread to see, and the ends are the mean
 */
public record Interval(double mean, double low, double high, int n) {
    /** Checks the order. */
    public Interval {
        if (!(low <= mean && mean <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException(
                    "an interval is finite and holds its mean, got " + mean + " in [" + low + ", " + high + "]");
        }
        if (n < 1) {
            throw new IllegalArgumentException("an interval needs at least one value, got " + n);
        }
    }

    /** Whether a value lies in it, the ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** Whether the two have a value in common. */
    public boolean overlaps(Interval other) {
        return low <= other.high && other.low <= high;
    }
}
