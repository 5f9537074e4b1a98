package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.function.Supplier;

/**
 * Linear multistep on Karras's scale: the polynomial through the last few derivatives, integrated over the step
 * (Adams-Bashforth with unequal steps; k-diffusion's {@code sample_lms}).
 *
 * @param schedule the model's noise schedule
 * @param plan the noise levels of a run
 * @param order how many derivatives are remembered, in [1, 4]
 */
public record Lms(NoiseSchedule schedule, SigmaPlan plan, int order) implements Sampler {
    private static final int DEFAULT_ORDER = 4; // as in k-diffusion and diffusers
    private static final double[] NODES = {0.3399810435848563, 0.8611363115940526}; // Gauss-Legendre, 4 points
    private static final double[] WEIGHTS = {0.6521451548625461, 0.3478548451374538};

    /** Checks the order. */
    public Lms {
        if (order < 1 || order > DEFAULT_ORDER) {
            throw new IllegalArgumentException("the order must be in [1, " + DEFAULT_ORDER + "], got " + order);
        }
    }

    static Lms of(NoiseSchedule schedule, SchedulerConfig config) {
        return new Lms(schedule, SigmaPlan.of(config, true), DEFAULT_ORDER);
    }

    @Override
    public Trajectory start(int steps) {
        return new Run(schedule.prediction(), plan.levels(schedule, steps), order);
    }

    /** The integral over the step from level i of the Lagrange polynomial that is 1 at level {@code i - which}. */
    private static double weight(Levels levels, int i, int count, int which) {
        double middle = (levels.at(i + 1) + levels.at(i)) / 2;
        double half = (levels.at(i + 1) - levels.at(i)) / 2;
        double sum = 0;
        for (int node = 0; node < NODES.length; node++) { // exact up to degree 7
            double here = lagrange(levels, i, count, which, middle + half * NODES[node]);
            double there = lagrange(levels, i, count, which, middle - half * NODES[node]);
            sum += WEIGHTS[node] * (here + there);
        }
        return sum * half;
    }

    private static double lagrange(Levels levels, int i, int count, int which, double at) {
        double product = 1;
        for (int k = 0; k < count; k++) {
            if (k != which) {
                product *= (at - levels.at(i - k)) / (levels.at(i - which) - levels.at(i - k));
            }
        }
        return product;
    }

    private static final class Run implements Trajectory {
        private final PredictionType prediction;
        private final Levels levels;
        private final History derivatives;
        private final CallOrder order;

        Run(PredictionType prediction, Levels levels, int remembered) {
            this.prediction = prediction;
            this.levels = levels;
            this.derivatives = new History(remembered);
            this.order = new CallOrder(levels.steps());
        }

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
            order.next(call);
            double sigma = levels.at(call);
            Tensor clean = Levels.clean(prediction, modelOutput, x, sigma);
            derivatives.add(x.minus(clean).over(sigma));
            Tensor sample = x;
            for (int k = 0; k < derivatives.size(); k++) {
                double weight = weight(levels, call, derivatives.size(), k);
                sample = sample.plus(derivatives.get(k).times(weight));
            }
            return new Step(sample, clean);
        }

        @Override
        public void close() {
            derivatives.close();
        }
    }
}
