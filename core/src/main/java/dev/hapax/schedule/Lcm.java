package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.function.Supplier;

/**
 * Multistep sampling of latent consistency models (Luo et al. 2023, algorithm 3): jump to the clean sample, add noise,
 * jump again. For models that were distilled for it.
 *
 * @param schedule the model's noise schedule
 * @param distilledSteps the number of steps the model was distilled with; runs visit some of those timesteps
 * @param clipping applied to each estimate of the clean sample
 * @param timestepScaling the factor of the timestep in the boundary condition
 */
public record Lcm(NoiseSchedule schedule, int distilledSteps, Clipping clipping, double timestepScaling)
        implements Sampler {
    private static final double SIGMA_DATA = 0.5; // Luo et al. 2023, appendix D

    /** Checks that the schedule has at least as many timesteps as {@code distilledSteps}. */
    public Lcm {
        TimestepSpacing.requireSteps(schedule.timesteps(), distilledSteps);
    }

    static Lcm of(NoiseSchedule schedule, SchedulerConfig config) {
        return new Lcm(
                schedule,
                config.integer("original_inference_steps", 50),
                config.clipping(false),
                config.number("timestep_scaling", 10));
    }

    @Override
    public Trajectory start(int steps) {
        TimestepSpacing.requireSteps(distilledSteps, steps);
        int stride = schedule.timesteps() / distilledSteps;
        long[] timesteps = new long[steps];
        for (int i = 0; i < steps; i++) {
            int skipped = (int) ((long) i * distilledSteps / steps);
            timesteps[i] = (long) (distilledSteps - skipped) * stride - 1;
        }
        return new Run(this, new WholeTimesteps(schedule, timesteps).requireSignalForEpsilon());
    }

    private record Run(Lcm lcm, WholeTimesteps timesteps) implements Trajectory {
        @Override
        public int calls() {
            return timesteps.calls();
        }

        @Override
        public double timestep(int call) {
            return timesteps.at(call);
        }

        @Override
        public Tensor noisy(Tensor clean, Tensor noise, int call) {
            return timesteps.noisy(clean, noise, call);
        }

        @Override
        public Step step(Tensor modelOutput, int call, Tensor x, Supplier<Tensor> noise) {
            double a = lcm.schedule.alphaCumprod(timesteps.at(call));
            Tensor clean =
                    lcm.clipping.apply(lcm.schedule.prediction().clean(modelOutput, x, Math.sqrt(a), Math.sqrt(1 - a)));
            double time = timesteps.at(call) * lcm.timestepScaling;
            double skip = SIGMA_DATA * SIGMA_DATA / (time * time + SIGMA_DATA * SIGMA_DATA); // equation 8
            double out = time / Math.sqrt(time * time + SIGMA_DATA * SIGMA_DATA);
            Tensor consistent = clean.times(out).plus(x.times(skip));
            return new Step(
                    !timesteps.isLast(call) ? noisy(consistent, noise.get(), call + 1) : consistent, consistent);
        }
    }
}
