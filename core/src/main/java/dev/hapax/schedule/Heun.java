package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.function.Supplier;

/**
 * Heun's second-order method on the probability flow (Karras et al. 2022, algorithm 1): each step but the last calls
 * the model at both its ends, so n steps are 2 n - 1 calls.
 *
 * @param schedule the model's noise schedule
 * @param plan the noise levels of a run
 * @param clipping applied to each estimate of the clean sample
 */
public record Heun(NoiseSchedule schedule, SigmaPlan plan, Clipping clipping) implements Sampler {

    static Heun of(NoiseSchedule schedule, SchedulerConfig config) {
        return new Heun(schedule, SigmaPlan.of(config, true), config.clipping(false));
    }

    @Override
    public Trajectory start(int steps) {
        return new Run(this, plan.levels(schedule, steps));
    }

    private static final class Run implements Trajectory {
        private final Heun heun;
        private final Levels levels;
        private final CallOrder order;
        private final History origin = new History(1);
        private final History slope = new History(1);

        Run(Heun heun, Levels levels) {
            this.heun = heun;
            this.levels = levels;
            this.order = new CallOrder(2 * levels.steps() - 1);
        }

        @Override
        public int calls() {
            return 2 * levels.steps() - 1;
        }

        /** Call 0 is at level 0, calls 1 and 2 at level 1, and so on. */
        private static int level(int call) {
            return (call + 1) / 2;
        }

        @Override
        public int firstCallOf(int step) {
            return 2 * step;
        }

        @Override
        public double timestep(int call) {
            return levels.timestep(level(call));
        }

        @Override
        public double initNoiseSigma() {
            return levels.initNoiseSigma();
        }

        @Override
        public Tensor scaleModelInput(Tensor x, int call) {
            return levels.scaled(x, level(call));
        }

        @Override
        public Tensor noisy(Tensor clean, Tensor noise, int call) {
            return levels.exploding(clean, noise, level(call));
        }

        @Override
        public Step step(Tensor modelOutput, int call, Tensor x, Supplier<Tensor> noise) {
            boolean predicts = call % 2 == 0;
            if (order.next(call) == 0 && !predicts) {
                throw new IllegalArgumentException("a run cannot begin at the second call of a step, " + call);
            }
            double sigma = levels.at(level(call));
            Tensor clean = heun.clipping.apply(Levels.clean(heun.schedule.prediction(), modelOutput, x, sigma));
            Tensor derivative = x.minus(clean).over(sigma);
            if (predicts) {
                origin.add(x);
                slope.add(derivative);
                double length = levels.at(level(call) + 1) - sigma;
                return new Step(x.plus(derivative.times(length)), clean);
            }
            double length = sigma - levels.at(level(call) - 1);
            Tensor mean = slope.get(0).plus(derivative).over(2);
            return new Step(origin.get(0).plus(mean.times(length)), clean);
        }

        @Override
        public void close() {
            origin.close();
            slope.close();
        }
    }
}
