package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.function.Supplier;

/**
 * DPM-Solver++, singlestep: steps of order 1, 2 and 3 take turns, each group from the same start (Lu et al. 2022b,
 * algorithm 1). Order 2 is known as DPM++ 2S. Timesteps are evenly spaced between both ends.
 *
 * @param schedule the model's noise schedule
 * @param settings order, type and noise levels; the type must be without added noise
 */
public record DpmSolverSinglestep(NoiseSchedule schedule, DpmSettings settings) implements Sampler {

    /** Checks that the type adds no noise. */
    public DpmSolverSinglestep {
        if (settings.type().stochastic()) {
            throw new IllegalArgumentException(
                    "the singlestep solver has no stochastic form, got " + settings.type() + "; use the multistep one");
        }
    }

    static DpmSolverSinglestep of(NoiseSchedule schedule, SchedulerConfig config) {
        SigmaPlan plan = SigmaPlan.of(config);
        SigmaPlan even = new SigmaPlan(TimestepSpacing.LINSPACE, 0, plan.spread(), plan.endsAtZero());
        return new DpmSolverSinglestep(schedule, DpmSettings.of(config, even, false));
    }

    @Override
    public Trajectory start(int steps) {
        return new Run(this, settings.levels(schedule, steps), orders(steps));
    }

    /** The order of each step: 1, 2, ... up to the solver's, over and over; lower towards the end if so set. */
    int[] orders(int steps) {
        int order = settings.order();
        boolean atZero = settings.plan().endsAtZero();
        int[] orders = new int[steps];
        for (int i = 0; i < steps; i++) {
            orders[i] = i % order + 1;
        }
        if (steps % order == 0 && (settings.lowerOrderFinal() || atZero)) {
            if (order == 3 && steps > 1) {
                orders[steps - 2] = 2;
            }
            orders[steps - 1] = 1;
        }
        if (atZero) {
            orders[steps - 1] = 1;
        }
        return orders;
    }

    private static final class Run implements Trajectory {
        private final DpmSolverSinglestep solver;
        private final DpmSettings settings;
        private final Levels levels;
        private final int[] orders;
        private final CallOrder order;
        private final History estimates;
        private final History origin = new History(1);

        Run(DpmSolverSinglestep solver, Levels levels, int[] orders) {
            this.solver = solver;
            this.settings = solver.settings;
            this.levels = levels;
            this.orders = orders;
            this.order = new CallOrder(levels.steps());
            this.estimates = new History(settings.order());
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
            int before = order.next(call);
            Tensor clean = settings.clean(solver.schedule, levels, modelOutput, x, call);
            estimates.add(settings.estimate(solver.schedule, levels, clean, modelOutput, x, call));
            int now = Math.min(orders[call], before + 1);
            if (now == 1) {
                origin.add(x);
            }
            int start = call - now + 1;
            ExponentialStep step = ExponentialStep.between(settings.type(), levels, start, call + 1);
            Tensor next = step.constant(origin.get(0), estimates.get(now - 1), noise);
            return switch (now) {
                case 1 -> new Step(next, clean);
                case 2 -> new Step(second(step, next, start), clean);
                default -> new Step(third(step, next, start), clean);
            };
        }

        private Tensor second(ExponentialStep step, Tensor next, int start) {
            Tensor slope = estimates.get(0).minus(estimates.get(1)).over(part(start, 1, 2));
            return step.plus(next, slope, settings.midpoint() ? step.phi1() / 2 : step.phi2());
        }

        private Tensor third(ExponentialStep step, Tensor next, int start) {
            double r1 = part(start, 1, 3);
            double r2 = part(start, 2, 3);
            Tensor near = estimates.get(1).minus(estimates.get(2)).over(r1);
            Tensor far = estimates.get(0).minus(estimates.get(2)).over(r2);
            if (settings.midpoint()) {
                return step.plus(next, far, step.phi2());
            }
            Tensor slope = near.times(r2).minus(far.times(r1)).over(r2 - r1);
            Tensor curvature = far.minus(near).times(2 / (r2 - r1));
            return step.plus(step.plus(next, slope, step.phi2()), curvature, step.phi3());
        }

        /** How far into the step, in lambda, its estimate number {@code which} was made. */
        private double part(int start, int which, int calls) {
            double from = levels.lambda(start);
            return (levels.lambda(start + which) - from) / (levels.lambda(start + calls) - from);
        }

        @Override
        public void close() {
            estimates.close();
            origin.close();
        }
    }
}
