package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.function.Supplier;

/**
 * Euler's method to a level below the next one, then noise up to it: ancestral sampling on Karras's scale (Song et al.
 * 2021 "Score-based generative modeling", appendix F; k-diffusion's {@code sample_euler_ancestral}).
 *
 * @param schedule the model's noise schedule
 * @param plan the noise levels of a run
 */
public record EulerAncestral(NoiseSchedule schedule, SigmaPlan plan) implements Sampler {

    static EulerAncestral of(NoiseSchedule schedule, SchedulerConfig config) {
        // without final_sigmas_type and the keys that spread levels, which diffusers ignores here
        SigmaPlan plan =
                new SigmaPlan(config.spacing(TimestepSpacing.LINSPACE), config.offset(), SigmaSpacing.TIMESTEPS, true);
        return new EulerAncestral(schedule, plan);
    }

    @Override
    public Trajectory start(int steps) {
        return new Run(schedule.prediction(), plan.levels(schedule, steps));
    }

    private record Run(PredictionType prediction, Levels levels) implements Trajectory {
        @Override
        public int calls() {
            return levels.steps();
        }

        @Override
        public double timestep(int call) {
            return levels.timestep(call);
        }

        @Override
        public double initNoiseSigma() {
            return levels.initNoiseSigma();
        }

        @Override
        public Tensor scaleModelInput(Tensor x, int call) {
            return levels.scaled(x, call);
        }

        @Override
        public Tensor noisy(Tensor clean, Tensor noise, int call) {
            return levels.exploding(clean, noise, call);
        }

        @Override
        public Step step(Tensor modelOutput, int call, Tensor x, Supplier<Tensor> noise) {
            double from = levels.at(call);
            double to = levels.at(call + 1);
            double up = Math.sqrt(to * to * (from * from - to * to) / (from * from));
            double down = Math.sqrt(to * to - up * up);
            Tensor clean = Levels.clean(prediction, modelOutput, x, from);
            Tensor derivative = x.minus(clean).over(from);
            return new Step(
                    x.plus(derivative.times(down - from)).plus(noise.get().times(up)), clean);
        }
    }
}
