package dev.hapax.schedule;

/** How a run's noise levels are spread between the strongest and the weakest. */
public enum SigmaSpacing {
    /** They are those of the run's timesteps. */
    TIMESTEPS,
    /** Evenly in {@code sigma^(1/7)} (Karras et al. 2022, equation 5). */
    KARRAS,
    /** Evenly in {@code log sigma}. */
    EXPONENTIAL;

    private static final double RHO = 7; // Karras et al. 2022, section 3
    private static final double ROUNDING = 1e-6; // of a level that comes back from its logarithm

    /** {@code count} levels from {@code strongest} to {@code weakest}. */
    double[] between(double strongest, double weakest, int count) {
        double[] sigmas = new double[count];
        for (int i = 0; i < count; i++) {
            double part = count == 1 ? 0 : (double) i / (count - 1);
            sigmas[i] = switch (this) {
                case KARRAS -> Math.pow(mix(Math.pow(strongest, 1 / RHO), Math.pow(weakest, 1 / RHO), part), RHO);
                case EXPONENTIAL -> Math.exp(mix(Math.log(strongest), Math.log(weakest), part));
                case TIMESTEPS -> throw new IllegalStateException("timesteps have no spread of their own");
            };
        }
        return sigmas;
    }

    /**
     * What a solver tells the model in place of a fraction: diffusers rounds Karras's and cuts exponential ones off.
     * Karras's are rounded here whatever the schedule; diffusers cuts them off with {@code squaredcos_cap_v2}, and runs out
     * of its own timesteps then (issue 12771 there).
     */
    double wholeTimestep(double timestep) {
        return this == EXPONENTIAL ? Math.floor(timestep + ROUNDING) : Math.rint(timestep);
    }

    private static double mix(double from, double to, double part) {
        return from + part * (to - from);
    }
}
