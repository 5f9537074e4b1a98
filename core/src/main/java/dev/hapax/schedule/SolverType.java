package dev.hapax.schedule;

import dev.hapax.checkpoint.CheckpointException;
import java.util.Locale;

/** The four forms of DPM-Solver: over which estimate the exponential integral is taken, and as ODE or SDE. */
public enum SolverType {
    /** The probability flow in terms of the noise (Lu et al. 2022a). */
    DPMSOLVER,
    /** The probability flow in terms of the clean sample (Lu et al. 2022b), the one for guided sampling. */
    DPMSOLVER_PLUS,
    /** The diffusion SDE in terms of the noise. */
    SDE_DPMSOLVER,
    /** The diffusion SDE in terms of the clean sample (Lu et al. 2022b, appendix A). */
    SDE_DPMSOLVER_PLUS;

    /**
     * The type with this {@code algorithm_type}, such as {@code sde-dpmsolver++}.
     *
     * @throws CheckpointException naming the known ones
     */
    public static SolverType of(String key) {
        for (SolverType type : values()) {
            if (type.key().equals(key)) {
                return type;
            }
        }
        throw new CheckpointException("algorithm_type \"" + key
                + "\" is unknown; use one of dpmsolver, dpmsolver++, sde-dpmsolver, sde-dpmsolver++");
    }

    private String key() {
        return name().toLowerCase(Locale.ROOT).replace("_plus", "++").replace('_', '-');
    }

    /** Whether noise is added. */
    public boolean stochastic() {
        return this == SDE_DPMSOLVER || this == SDE_DPMSOLVER_PLUS;
    }

    /** Whether the integral is over the estimated clean sample, not the noise. */
    boolean integratesClean() {
        return this == DPMSOLVER_PLUS || this == SDE_DPMSOLVER_PLUS;
    }
}
