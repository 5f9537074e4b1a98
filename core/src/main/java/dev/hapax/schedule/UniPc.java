package dev.hapax.schedule;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.tensor.Tensor;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The unified predictor-corrector (Zhao et al. 2023, algorithms 5 to 8): every model call first corrects the sample it
 * was made at, then predicts the next one.
 *
 * @param schedule the model's noise schedule
 * @param plan the noise levels of a run
 * @param clipping applied to each estimate of the clean sample
 * @param order of the predictor, at least 1
 * @param integratesClean whether the estimate that is integrated is the clean sample, not the noise: {@code predict_x0}
 * @param secondB whether B(h) = e^h - 1 ({@code bh2}) instead of h ({@code bh1})
 * @param lowerOrderFinal whether the order goes down in the last steps
 * @param uncorrected calls whose sample is not corrected at the next call: {@code disable_corrector}
 */
public record UniPc(
        NoiseSchedule schedule,
        SigmaPlan plan,
        Clipping clipping,
        int order,
        boolean integratesClean,
        boolean secondB,
        boolean lowerOrderFinal,
        Set<Integer> uncorrected)
        implements Sampler {

    /** Checks the order. */
    public UniPc {
        if (order < 1) {
            throw new IllegalArgumentException("solver_order must be at least 1, got " + order);
        }
        if (plan.endsAtZero() && !integratesClean) {
            throw new IllegalArgumentException(
                    "UniPC in terms of the noise cannot end at no noise; set predict_x0 or final_sigmas_type"
                            + " sigma_min");
        }
        uncorrected = Set.copyOf(uncorrected);
    }

    static UniPc of(NoiseSchedule schedule, SchedulerConfig config) {
        if (config.config().text("variance_type", "").startsWith("learned")) {
            throw new CheckpointException(
                    config.config().origin() + ": UniPC does not read \"variance_type\"; remove it");
        }
        boolean disabled = config.config().has("disable_corrector");
        return new UniPc(
                schedule,
                SigmaPlan.of(config),
                config.clippingOfSolver(),
                config.integer("solver_order", 2),
                config.flag("predict_x0", true),
                !config.choice("solver_type", "bh2", "bh1", "midpoint", "heun", "logrho")
                        .equals("bh1"), // the last three belong to other solvers and mean the default here
                config.flag("lower_order_final", true),
                disabled ? new HashSet<>(config.config().integers("disable_corrector")) : Set.of());
    }

    @Override
    public Trajectory start(int steps) {
        return new Run(this, plan.solverLevels(schedule, steps, Double.NEGATIVE_INFINITY));
    }

    private static final class Run implements Trajectory {
        private final UniPc method;
        private final Levels levels;
        private final CallOrder calls;
        private final SolverType type;
        private final History estimates;
        private final History origin = new History(1); // the sample that the last prediction started from
        private int lastOrder;

        Run(UniPc method, Levels levels) {
            this.method = method;
            this.levels = levels;
            this.calls = new CallOrder(levels.steps());
            this.type = method.integratesClean ? SolverType.DPMSOLVER_PLUS : SolverType.DPMSOLVER;
            this.estimates = new History(method.order + 1);
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
        public Tensor noisy(Tensor clean, Tensor noise, int call) {
            return levels.preserving(clean, noise, call);
        }

        @Override
        public Step step(Tensor modelOutput, int call, Tensor x, Supplier<Tensor> noise) {
            int before = calls.next(call);
            double alpha = levels.alpha(call);
            double sigma = levels.sigma(call);
            PredictionType prediction = method.schedule.prediction();
            Tensor clean = method.clipping.apply(prediction.clean(modelOutput, x, alpha, sigma));
            estimates.add(method.integratesClean ? clean : prediction.noise(modelOutput, x, alpha, sigma));
            boolean corrects = before > 0 && !method.uncorrected.contains(call - 1);
            Tensor corrected = corrects ? correct(call) : x;
            int left = levels.steps() - call;
            boolean atZero = left == 1 && method.plan.endsAtZero();
            int highest = method.lowerOrderFinal ? Math.min(method.order, left) : atZero ? 1 : method.order;
            lastOrder = Math.min(highest, before + 1);
            origin.add(corrected);
            return new Step(predict(call), clean);
        }

        private Tensor predict(int call) {
            ExponentialStep step = ExponentialStep.between(type, levels, call, call + 1);
            Tensor next = step.constant(origin.get(0), estimates.get(0), Run::noNoise);
            double[] weights =
                    UniPcWeights.predictor(positions(call, call + 1, lastOrder), z(call, call + 1), method.secondB);
            return add(step, next, weights, call, 0);
        }

        private Tensor correct(int call) {
            ExponentialStep step = ExponentialStep.between(type, levels, call - 1, call);
            Tensor next = step.constant(origin.get(0), estimates.get(1), Run::noNoise);
            double[] weights =
                    UniPcWeights.corrector(positions(call - 1, call, lastOrder), z(call - 1, call), method.secondB);
            Tensor slopes = add(step, next, weights, call - 1, 1);
            Tensor arrived = estimates.get(0).minus(estimates.get(1));
            return step.plus(slopes, arrived, weights[lastOrder - 1]);
        }

        /** Adds the weighted differences to the estimate at level {@code from}, which was added {@code ago} before. */
        private Tensor add(ExponentialStep step, Tensor next, double[] weights, int from, int ago) {
            double[] positions = positions(from, from + 1, lastOrder);
            Tensor sum = next;
            for (int k = 1; k < lastOrder; k++) {
                Tensor slope = estimates.get(ago + k).minus(estimates.get(ago)).over(positions[k - 1]);
                sum = step.plus(sum, slope, weights[k - 1]);
            }
            return sum;
        }

        /** Where the earlier estimates lie, in lambda relative to the step; last the step's end, 1. */
        private double[] positions(int from, int to, int order) {
            double start = levels.lambda(from);
            double length = levels.lambda(to) - start;
            double[] positions = new double[order];
            for (int k = 1; k < order; k++) {
                positions[k - 1] = (levels.lambda(from - k) - start) / length;
            }
            positions[order - 1] = 1;
            return positions;
        }

        /** The exponent under the integral: the step in lambda, backwards for the clean sample. */
        private double z(int from, int to) {
            double h = levels.lambda(to) - levels.lambda(from);
            return method.integratesClean ? -h : h;
        }

        private static Tensor noNoise() {
            throw new IllegalStateException("UniPC adds no noise");
        }

        @Override
        public void close() {
            estimates.close();
            origin.close();
        }
    }
}
