package dev.hapax.schedule;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;

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
        return fitting(trained, steps, "steps_offset " + offset, count -> {
            int stride = trained / count;
            double[] positions = new double[count];
            for (int i = 0; i < count; i++) {
                int fromEnd = count - 1 - i;
                positions[i] = switch (this) {
                    case LEADING -> fromEnd * stride + offset;
                    case LINSPACE -> count == 1 ? 0 : fromEnd * ((trained - 1.0) / (count - 1));
                    case TRAILING -> Math.rint(trained - i * ((double) trained / count)) - 1;
                };
            }
            return positions;
        });
    }

    /**
     * Timesteps for solvers, which think of a further point behind the last one (Lu et al. 2022).
     *
     * @param last one more than the noisiest timestep to be used
     * @throws IllegalArgumentException naming the largest number of steps that fits, if these do not
     */
    double[] solverTimesteps(int last, int trained, int steps, int offset) {
        String kept = last < trained ? " and lambda_min_clipped, which keeps " + last + " timesteps," : "";
        return fitting(trained, steps, "steps_offset " + offset + kept, count -> {
            double[] timesteps = new double[count];
            for (int i = 0; i < count; i++) {
                int fromEnd = count - i;
                timesteps[i] = switch (this) {
                    case LEADING -> fromEnd * (last / (count + 1)) + offset;
                    case LINSPACE -> i == 0 ? last - 1 : Math.rint(fromEnd * ((last - 1.0) / count));
                    case TRAILING -> Math.rint(last - i * ((double) trained / count)) - 1;
                };
            }
            return timesteps;
        });
    }

    /** The timesteps for so many steps, which must fall and lie in the schedule: solvers divide by their differences. */
    private double[] fitting(int trained, int steps, String settings, IntFunction<double[]> timesteps) {
        requireSteps(trained, steps);
        double[] visited = timesteps.apply(steps);
        if (fit(visited, trained)) {
            return visited;
        }
        int fewer = steps - 1;
        while (fewer > 0 && !fit(timesteps.apply(fewer), trained)) {
            fewer--;
        }
        throw new IllegalArgumentException(steps + " timesteps of spacing " + name().toLowerCase(Locale.ROOT)
                + " with " + settings + " would run from " + (long) visited[0] + " to "
                + (long) visited[steps - 1] + ", and must differ and lie in [0, " + trained + "); take "
                + (fewer > 0 ? fewer + " steps" : "another steps_offset"));
    }

    private static boolean fit(double[] timesteps, int trained) {
        boolean fit = timesteps[0] < trained && timesteps[timesteps.length - 1] >= 0;
        for (int i = 1; i < timesteps.length; i++) {
            fit &= timesteps[i] < timesteps[i - 1];
        }
        return fit;
    }

    static void requireSteps(int trained, int steps) {
        if (steps < 1 || steps > trained) {
            throw new IllegalArgumentException(
                    "the number of steps must be in [1, " + trained + "], the timesteps of the schedule; got " + steps);
        }
    }
}
