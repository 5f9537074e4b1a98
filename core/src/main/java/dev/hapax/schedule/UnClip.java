package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.function.Supplier;

/**
 * Ancestral sampling as the priors and decoders of unCLIP use it (Ramesh et al. 2022): {@link Ddpm} over evenly spaced
 * timesteps that include both ends.
 *
 * @param schedule the model's noise schedule
 * @param clipping applied to each estimate of the clean sample
 * @param variance how much noise each step adds; none is added at timestep 0
 */
public record UnClip(NoiseSchedule schedule, Clipping clipping, VarianceType variance) implements Sampler {

    static UnClip of(NoiseSchedule schedule, SchedulerConfig config) {
        return new UnClip(
                schedule,
                config.clipping(true),
                VarianceType.of(config.config().text("variance_type", "fixed_small_log")));
    }

    @Override
    public Trajectory start(int steps) {
        return new Run(
                schedule,
                new Ancestral(schedule.prediction(), clipping, variance),
                new WholeTimesteps(schedule, TimestepSpacing.LINSPACE.timesteps(schedule.timesteps(), steps, 0))
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
            int t = timesteps.at(call);
            int next = !timesteps.isLast(call) ? timesteps.at(call + 1) : t - 1;
            double a = schedule.alphaCumprod(t);
            double aNext = next >= 0 ? schedule.alphaCumprod(next) : 1;
            // in float32 as diffusers has it: at the noisiest timesteps beta rounds to nearly 1, which samples feel
            double beta = next == t - 1 ? schedule.beta(t) : 1 - (float) a / (float) aNext;
            Transition transition = Transition.between(a, aNext, beta);
            return ancestral.step(modelOutput, x, a, transition, t > 0, noise);
        }
    }
}
