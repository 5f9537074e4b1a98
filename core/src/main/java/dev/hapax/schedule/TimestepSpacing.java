package dev.hapax.schedule;

import java.util.Arrays;
import java.util.Locale;

/**
 * Which of the training timesteps 0 ... n - 1 a run with fewer steps visits (Lin et al. 2024, table 2). All methods
 * return them from the noisiest on.
 */
public enum TimestepSpacing {
    /** Every (n / steps)-th one from 0 (plus an offset): leaves out the noisiest. */
    LEADING,
    /** Evenly between both ends. */
    LINSPACE,
    /** Every (n / steps)-th one backwards from the end: leaves out the cleanest. */
    TRAILING;

    /**
     * The spacing with this name in a configuration.
     *
     * @throws IllegalArgumentException naming the known ones
     */
    public static TimestepSpacing of(String key) {
        for (TimestepSpacing spacing : values()) {
            if (spacing.name().toLowerCase(Locale.ROOT).equals(key)) {
                return spacing;
            }
        }
        throw new IllegalArgumentException(
                "timestep_spacing \"" + key + "\" is unknown; use one of leading, linspace, trailing");
    }

    /** Whole timesteps for samplers that step from one to the next, noisiest first. */
    long[] timesteps(int trained, int steps, int offset) {
        return Arrays.stream(positions(trained, steps, offset))
                .mapToLong(position -> (long) Math.rint(position))
                .toArray();
    }

    /** The same for samplers that interpolate between timesteps: {@link #LINSPACE} is not rounded. */
    double[] positions(int trained, int steps, int offset) {
        requireSteps(trained, steps);
        int stride = trained / steps;
        double[] positions = new double[steps];
        for (int i = 0; i < steps; i++) {
            int fromEnd = steps - 1 - i;
            positions[i] = switch (this) {
                case LEADING -> fromEnd * stride + offset;
                case LINSPACE -> steps == 1 ? 0 : fromEnd * ((trained - 1.0) / (steps - 1));
                case TRAILING -> Math.rint(trained - i * ((double) trained / steps)) - 1;
            };
        }
        return positions;
    }

    /**
     * Timesteps for solvers, which think of a further point behind the last one (Lu et al. 2022).
     *
     * @param last one more than the noisiest timestep to be used
     */
    long[] solverTimesteps(int last, int trained, int steps, int offset) {
        requireSteps(trained, steps);
        long[] timesteps = new long[steps];
        for (int i = 0; i < steps; i++) {
            int fromEnd = steps - i;
            timesteps[i] = switch (this) {
                case LEADING -> (long) fromEnd * (last / (steps + 1)) + offset;
                case LINSPACE -> i == 0 ? last - 1 : (long) Math.rint(fromEnd * ((last - 1.0) / steps));
                case TRAILING -> (long) Math.rint(last - i * ((double) trained / steps)) - 1;
            };
        }
        return timesteps;
    }

    static void requireSteps(int trained, int steps) {
        if (steps < 1 || steps > trained) {
            throw new IllegalArgumentException(
                    "the number of steps must be in [1, " + trained + "], the timesteps of the schedule; got " + steps);
        }
    }
}
