package dev.hapax.method.conceptlab;

import java.util.Collections;
import java.util.List;

/**
 * How much each of several things counts.
 *
 * @param weights they sum to 1
 * @param changed whether other numbers were asked for, which have been divided by their sum
 */
public record Weighting(List<Double> weights, boolean changed) {
    private static final double ROUNDING = 1e-9;

    /**
     * The weights of so many things.
     *
     * @param asked one for each; empty for all alike
     * @throws IllegalArgumentException if there are not as many, one is negative or no number, or all are 0
     */
    public static Weighting of(List<Double> asked, int things) {
        if (asked.isEmpty()) {
            return new Weighting(Collections.nCopies(things, 1.0 / things), false);
        }
        if (asked.size() != things) {
            throw new IllegalArgumentException(
                    asked.size() + " weights " + asked + " for " + things + " things; give one for each");
        }
        double sum = asked.stream().mapToDouble(Double::doubleValue).sum();
        if (asked.stream().anyMatch(weight -> !(weight >= 0)) || !(sum > 0) || Double.isInfinite(sum)) {
            throw new IllegalArgumentException("weights must be at least 0 and not all 0, got " + asked
                    + "; what shall not be mixed in, leave out");
        }
        boolean changed = Math.abs(sum - 1) > ROUNDING;
        return new Weighting(asked.stream().map(weight -> weight / sum).toList(), changed);
    }
}
