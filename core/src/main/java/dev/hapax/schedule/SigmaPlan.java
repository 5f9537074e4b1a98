package dev.hapax.schedule;

import dev.hapax.checkpoint.CheckpointException;

/**
 * Where on the scale of noise levels a run's steps lie.
 *
 * @param timesteps which timesteps a run visits
 * @param offset added to {@link TimestepSpacing#LEADING} timesteps
 * @param spread whether the levels are those of the timesteps, or else how they are spread
 * @param endsAtZero whether the last step ends at no noise at all, instead of at the schedule's least
 */
public record SigmaPlan(TimestepSpacing timesteps, int offset, SigmaSpacing spread, boolean endsAtZero) {

    static SigmaPlan of(SchedulerConfig config) {
        config.choice("interpolation_type", "linear");
        config.choice("timestep_type", "discrete");
        return of(config, config.endsAtZero());
    }

    /** For classes without {@code final_sigmas_type}, which diffusers ignores there. */
    static SigmaPlan of(SchedulerConfig config, boolean endsAtZero) {
        for (String key : new String[] {"sigma_min", "sigma_max"}) {
            if (config.config().has(key)) {
                throw new CheckpointException(
                        config.config().origin() + ": \"" + key + "\" is not supported; remove it");
            }
        }
        return new SigmaPlan(
                config.spacing(TimestepSpacing.LINSPACE), config.offset(), config.sigmaSpacing(), endsAtZero);
    }

    /** For samplers on Karras's scale, which may tell the model fractions of timesteps. */
    Levels levels(NoiseSchedule schedule, int steps) {
        SigmaTable table = new SigmaTable(schedule);
        double[] positions = timesteps.positions(schedule.timesteps(), steps, offset);
        double[] sigmas = new double[steps + 1];
        for (int i = 0; i < steps; i++) {
            sigmas[i] = table.at(positions[i]);
        }
        if (spread != SigmaSpacing.TIMESTEPS) {
            System.arraycopy(spread.between(sigmas[0], sigmas[steps - 1], steps), 0, sigmas, 0, steps);
            for (int i = 0; i < steps; i++) {
                positions[i] = table.timestepOf(sigmas[i]);
            }
        }
        sigmas[steps] = endsAtZero ? 0 : table.weakest();
        double strongest = sigmas[0];
        return new Levels(
                positions,
                sigmas,
                timesteps == TimestepSpacing.LEADING ? Math.sqrt(strongest * strongest + 1) : strongest);
    }

    /** For solvers, which tell the model whole timesteps and spread levels over the whole schedule. */
    Levels solverLevels(NoiseSchedule schedule, int steps, double leastLambda) {
        SigmaTable table = new SigmaTable(schedule);
        int trained = schedule.timesteps();
        int last = trained;
        while (last > 1 && -Math.log(table.at(last - 1)) < leastLambda) { // lambda = log(alpha / sigma)
            last--;
        }
        double[] positions;
        double[] sigmas = new double[steps + 1];
        if (spread == SigmaSpacing.TIMESTEPS) {
            positions = timesteps.solverTimesteps(last, trained, steps, offset);
            for (int i = 0; i < steps; i++) {
                sigmas[i] = table.at(positions[i]);
            }
        } else {
            TimestepSpacing.requireSteps(trained, steps);
            positions = new double[steps];
            System.arraycopy(spread.between(table.strongest(), table.weakest(), steps), 0, sigmas, 0, steps);
            for (int i = 0; i < steps; i++) {
                positions[i] = spread.wholeTimestep(table.timestepOf(sigmas[i]));
            }
        }
        sigmas[steps] = endsAtZero ? 0 : table.weakest();
        return new Levels(positions, sigmas, 1);
    }
}
