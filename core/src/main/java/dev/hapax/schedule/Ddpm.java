package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.function.Supplier;

/**
 * Denoising diffusion probabilistic models: ancestral sampling (Ho et al. 2020, algorithm 2).
 *
 * @param schedule the model's noise schedule
 * @param spacing which timesteps a run visits
 * @param offset added to {@link TimestepSpacing#LEADING} timesteps
 * @param clipping applied to each estimate of the clean sample
 * @param variance how much noise each step adds; none is added at timestep 0
 */
public record Ddpm(
        NoiseSchedule schedule, TimestepSpacing spacing, int offset, Clipping clipping, VarianceType variance)
        implements Sampler {

    static Ddpm of(NoiseSchedule schedule, SchedulerConfig config) {
        return new Ddpm(
                schedule,
                config.spacing(TimestepSpacing.LEADING),
                config.offset(),
                config.clipping(true),
                VarianceType.of(config.config().text("variance_type", "fixed_small")));
    }

    @Override
    public Trajectory start(int steps) {
        return new Run(
                schedule,
                new Ancestral(schedule.prediction(), clipping, variance),
                new WholeTimesteps(schedule, spacing.timesteps(schedule.timesteps(), steps, offset))
                        .requireSignalForEpsilon());
    }

    private record Run(NoiseSchedule schedule, Ancestral ancestral, WholeTimesteps timesteps) implements Trajectory {
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
            double a = schedule.alphaCumprod(timesteps.at(call));
            double aNext = !timesteps.isLast(call) ? schedule.alphaCumprod(timesteps.at(call + 1)) : 1;
            return ancestral.step(modelOutput, x, a, Transition.between(a, aNext), timesteps.at(call) > 0, noise);
        }
    }
}
