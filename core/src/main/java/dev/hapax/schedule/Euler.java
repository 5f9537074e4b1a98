package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.function.Supplier;

/**
 * Euler's method on the probability flow (Karras et al. 2022, algorithm 2 without its second-order correction).
 *
 * @param schedule the model's noise schedule
 * @param plan the noise levels of a run
 * @param churn noise added on the way; {@link Churn#NONE} for the deterministic method
 */
public record Euler(NoiseSchedule schedule, SigmaPlan plan, Churn churn) implements Sampler {

    /**
     * Noise added before each step, with the letters of the paper.
     *
     * @param amount S_churn, at least 0
     * @param from S_tmin, the least level at which noise is added
     * @param to S_tmax, the greatest one
     * @param inflation S_noise, the standard deviation of that noise
     */
    public record Churn(double amount, double from, double to, double inflation) {
        /** No added noise. */
        public static final Churn NONE = new Churn(0, 0, Double.POSITIVE_INFINITY, 1);

        double gamma(double sigma, int steps) {
            return sigma >= from && sigma <= to ? Math.min(amount / steps, Math.sqrt(2) - 1) : 0;
        }
    }

    static Euler of(NoiseSchedule schedule, SchedulerConfig config) {
        return new Euler(schedule, SigmaPlan.of(config), Churn.NONE);
    }

    /** The same with noise added on the way. */
    public Euler withChurn(Churn churn) {
        return new Euler(schedule, plan, churn);
    }

    @Override
    public Trajectory start(int steps) {
        return new Run(this, plan.levels(schedule, steps));
    }

    private record Run(Euler euler, Levels levels) implements Trajectory {
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
            double sigma = levels.at(call);
            double gamma = euler.churn.gamma(sigma, levels.steps());
            double raised = sigma * (1 + gamma);
            Tensor from = gamma > 0
                    ? x.plus(noise.get().times(euler.churn.inflation * Math.sqrt(raised * raised - sigma * sigma)))
                    : x;
            PredictionType prediction = euler.schedule.prediction();
            // diffusers reads velocities at the level before the churn
            double level = prediction == PredictionType.V_PREDICTION ? sigma : raised;
            Tensor clean = Levels.clean(prediction, modelOutput, from, level);
            Tensor derivative = from.minus(clean).over(raised);
            return new Step(from.plus(derivative.times(levels.at(call + 1) - raised)), clean);
        }
    }
}
