package dev.hapax.schedule;

/**
 * The noise level {@code sigma / alpha} of every training timestep, and between them: the scale of Karras et al. 2022,
 * on which a sample is {@code clean + level * noise}.
 */
final class SigmaTable {
    private static final double NEARLY_ZERO = 0x1p-24; // in place of a vanished alpha, as in diffusers

    private final double[] sigmas;

    SigmaTable(NoiseSchedule schedule) {
        sigmas = new double[schedule.timesteps()];
        for (int t = 0; t < sigmas.length; t++) {
            double alpha = Math.max(schedule.alphaCumprod(t), NEARLY_ZERO);
            sigmas[t] = Math.sqrt((1 - alpha) / alpha);
        }
    }

    double weakest() {
        return sigmas[0];
    }

    double strongest() {
        return sigmas[sigmas.length - 1];
    }

    /** The level at a timestep, which may be a fraction and is moved into the table if it lies outside. */
    double at(double timestep) {
        double t = Math.max(0, Math.min(timestep, sigmas.length - 1));
        int below = Math.min((int) t, Math.max(0, sigmas.length - 2));
        int above = Math.min(below + 1, sigmas.length - 1);
        return sigmas[below] + (t - below) * (sigmas[above] - sigmas[below]);
    }

    /** The timestep of a level, linear in its logarithm between neighbours. */
    double timestepOf(double sigma) {
        int below = 0;
        while (below < sigmas.length - 2 && sigmas[below + 1] <= sigma) {
            below++;
        }
        if (sigmas.length == 1) {
            return 0;
        }
        double low = Math.log(sigmas[below]);
        double high = Math.log(sigmas[below + 1]);
        double part = (Math.log(Math.max(sigma, 1e-10)) - low) / (high - low);
        return below + Math.max(0, Math.min(part, 1));
    }
}
