package dev.hapax.schedule;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Formulas for the variance that is added at each training step, in float32 as diffusers computes them. */
public enum BetaSchedule {
    /** Linear in beta (Ho et al. 2020). */
    LINEAR("linear") {
        @Override
        float[] betas(int steps, double start, double end) {
            return linspace((float) start, (float) end, steps);
        }
    },
    /** Linear in the square root of beta (Rombach et al. 2022). */
    SCALED_LINEAR("scaled_linear") {
        @Override
        float[] betas(int steps, double start, double end) {
            float[] roots = linspace((float) Math.sqrt(start), (float) Math.sqrt(end), steps);
            for (int i = 0; i < steps; i++) {
                roots[i] *= roots[i];
            }
            return roots;
        }
    },
    /** The cosine schedule (Nichol and Dhariwal 2021, section 3.2); {@code start} and {@code end} are not used. */
    SQUAREDCOS_CAP_V2("squaredcos_cap_v2") {
        @Override
        float[] betas(int steps, double start, double end) {
            float[] betas = new float[steps];
            for (int i = 0; i < steps; i++) {
                double ratio = cosineAlpha((i + 1.0) / steps) / cosineAlpha((double) i / steps);
                betas[i] = (float) Math.min(1 - ratio, LARGEST_COSINE_BETA);
            }
            return betas;
        }
    },
    /** A logistic curve from -6 to 6 (GeoDiff, Xu et al. 2022). */
    SIGMOID("sigmoid") {
        @Override
        float[] betas(int steps, double start, double end) {
            float[] betas = linspace(-6, 6, steps);
            for (int i = 0; i < steps; i++) {
                float logistic = (float) (1 / (1 + Math.exp(-betas[i])));
                betas[i] = logistic * (float) (end - start) + (float) start;
            }
            return betas;
        }
    };

    private static final double LARGEST_COSINE_BETA = 0.999; // Nichol and Dhariwal 2021, section 3.2

    private final String key;

    BetaSchedule(String key) {
        this.key = key;
    }

    abstract float[] betas(int steps, double start, double end);

    /** The name in a configuration: {@code beta_schedule}. */
    public String key() {
        return key;
    }

    /**
     * The schedule of this name.
     *
     * @throws IllegalArgumentException naming the known ones
     */
    public static BetaSchedule of(String key) {
        for (BetaSchedule schedule : values()) {
            if (schedule.key.equals(key)) {
                return schedule;
            }
        }
        throw new IllegalArgumentException("beta_schedule \"" + key + "\" is unknown; use one of "
                + Arrays.stream(values()).map(BetaSchedule::key).collect(Collectors.joining(", ")));
    }

    private static double cosineAlpha(double time) {
        double cosine = Math.cos((time + 0.008) / 1.008 * Math.PI / 2);
        return cosine * cosine;
    }

    /** Evenly spaced float32 numbers, counted from the nearer end, as libtorch does it. */
    private static float[] linspace(float start, float end, int count) {
        float[] values = new float[count];
        float step = count == 1 ? 0 : (end - start) / (count - 1);
        for (int i = 0; i < count; i++) {
            values[i] = i < count / 2 ? start + step * i : end - step * (count - 1 - i);
        }
        if (count == 1) {
            values[0] = start;
        }
        return values;
    }
}
