package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How much noise ancestral sampling adds at each step. */
public enum VarianceType {
    /** The variance of the posterior (Ho et al. 2020, equation 7). */
    FIXED_SMALL,
    /** The same, as configurations of unCLIP name it. */
    FIXED_SMALL_LOG,
    /** The forward process's variance beta (Ho et al. 2020, section 3.2). */
    FIXED_LARGE,
    /** The model's second half of channels interpolates between both logarithms (Nichol and Dhariwal 2021, eq. 15). */
    LEARNED_RANGE;

    private static final double LEAST = 1e-20; // as in diffusers

    /**
     * The type with this name in a configuration.
     *
     * @throws IllegalArgumentException naming the known ones
     */
    public static VarianceType of(String key) {
        for (VarianceType type : values()) {
            if (type.key().equals(key)) {
                return type;
            }
        }
        throw new IllegalArgumentException("variance_type \"" + key + "\" is unknown; use one of "
                + Arrays.stream(values()).map(VarianceType::key).collect(Collectors.joining(", ")));
    }

    private String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean learned() {
        return this == LEARNED_RANGE;
    }

    /** {@code noise} times the standard deviation of this step. */
    Tensor scaled(Tensor noise, Transition transition, @Nullable Tensor learned) {
        double small = Math.max(transition.variance(), LEAST);
        if (learned == null) {
            return noise.times(Math.sqrt(this == FIXED_LARGE ? transition.beta() : small));
        }
        double low = Math.log(small);
        double high = Math.log(transition.beta());
        Tensor part = learned.plus(1).times(0.5); // from [-1, 1]
        return noise.times(part.times(high - low).plus(low).times(0.5).exp());
    }
}
