package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.function.Supplier;

/**
 * Denoising diffusion implicit models (Song et al. 2021, equation 12).
 *
 * @param schedule the model's noise schedule
 * @param spacing which timesteps a run visits
 * @param offset added to {@link TimestepSpacing#LEADING} timesteps
 * @param clipping applied to each estimate of the clean sample
 * @param endsClean whether the last step ends at no noise at all, instead of that of timestep 0: {@code
 *     set_alpha_to_one}
 * @param eta 0 for the deterministic method, 1 for as much new noise as ancestral sampling adds; in [0, 1]
 */
public record Ddim(
        NoiseSchedule schedule, TimestepSpacing spacing, int offset, Clipping clipping, boolean endsClean, double eta)
        implements Sampler {

    /** Checks eta. */
    public Ddim {
        if (!(eta >= 0 && eta <= 1)) {
            throw new IllegalArgumentException("eta must be in [0, 1], got " + eta);
        }
    }

    static Ddim of(NoiseSchedule schedule, SchedulerConfig config) {
        return new Ddim(
                schedule,
                config.spacing(TimestepSpacing.LEADING),
                config.offset(),
                config.clipping(true),
                config.flag("set_alpha_to_one", true),
                0);
    }

    /** The same with another eta. */
    public Ddim withEta(double eta) {
        return new Ddim(schedule, spacing, offset, clipping, endsClean, eta);
    }

    @Override
    public Trajectory start(int steps) {
        return new Run(
                this,
                new WholeTimesteps(schedule, spacing.timesteps(schedule.timesteps(), steps, offset))
                        .requireSignalForEpsilon(),
                schedule.timesteps() / steps);
    }

    private record Run(Ddim ddim, WholeTimesteps timesteps, int stride) implements Trajectory {
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
            int t = timesteps.at(call);
            int next = t - stride;
            double a = schedule.alphaCumprod(t);
            double aNext = next >= 0 ? schedule.alphaCumprod(next) : ddim.endsClean ? 1 : schedule.alphaCumprod(0);
            double alpha = Math.sqrt(a);
            double sigma = Math.sqrt(1 - a);
            Tensor clean = ddim.clipping.apply(schedule.prediction().clean(modelOutput, x, alpha, sigma));
            Tensor direction = schedule.prediction().noise(modelOutput, x, alpha, sigma);
            double added = ddim.eta * Math.sqrt((1 - aNext) / (1 - a) * (1 - a / aNext)); // equation 16
            Tensor sample = clean.times(Math.sqrt(aNext))
                    .plus(direction.times(Math.sqrt(Math.max(0, 1 - aNext - added * added))));
            return new Step(ddim.eta > 0 ? sample.plus(noise.get().times(added)) : sample, clean);
        }
    }
}
