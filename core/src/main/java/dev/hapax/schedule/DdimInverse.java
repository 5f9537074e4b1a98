package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.function.Supplier;

/**
 * DDIM backwards: from a clean sample to the noise that {@link Ddim} would turn into it (Mokady et al. 2023, section
 * 3.1). Its timesteps rise; the model is told the timestep that a step leads to.
 *
 * @param schedule the model's noise schedule
 * @param spacing which timesteps a run visits
 * @param offset added to {@link TimestepSpacing#LEADING} timesteps
 * @param clipping applied to each estimate of the clean sample
 * @param startsClean whether the first sample counts as having no noise at all, instead of that of timestep 0: {@code
 *     set_alpha_to_one}
 */
public record DdimInverse(
        NoiseSchedule schedule, TimestepSpacing spacing, int offset, Clipping clipping, boolean startsClean)
        implements Sampler {

    static DdimInverse of(NoiseSchedule schedule, SchedulerConfig config) {
        return new DdimInverse(
                schedule,
                config.spacing(TimestepSpacing.LEADING),
                config.offset(),
                config.clipping(true),
                config.flag("set_alpha_to_one", true));
    }

    @Override
    public Trajectory start(int steps) {
        long[] falling = spacing.timesteps(schedule.timesteps(), steps, offset);
        long[] rising = new long[steps];
        for (int i = 0; i < steps; i++) {
            rising[i] = falling[steps - 1 - i];
        }
        return new Run(this, new WholeTimesteps(schedule, rising), schedule.timesteps() / steps);
    }

    private record Run(DdimInverse ddim, WholeTimesteps timesteps, int stride) implements Trajectory {
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
            NoiseSchedule schedule = ddim.schedule;
            int next = timesteps.at(call);
            int t = Math.min(next - stride, schedule.timesteps() - 1);
            double a = t >= 0 ? schedule.alphaCumprod(t) : ddim.startsClean ? 1 : schedule.alphaCumprod(0);
            double aNext = schedule.alphaCumprod(next);
            double alpha = Math.sqrt(a);
            double sigma = Math.sqrt(1 - a);
            Tensor clean = ddim.clipping.apply(schedule.prediction().clean(modelOutput, x, alpha, sigma));
            Tensor direction = schedule.prediction().noise(modelOutput, x, alpha, sigma);
            return new Step(clean.times(Math.sqrt(aNext)).plus(direction.times(Math.sqrt(1 - aNext))), clean);
        }
    }
}
