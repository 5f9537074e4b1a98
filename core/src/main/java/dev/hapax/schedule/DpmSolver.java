package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.function.Supplier;

/**
 * DPM-Solver and DPM-Solver++, multistep: the estimates of earlier steps give the higher orders (Lu et al. 2022a,
 * 2022b algorithm 2). Order 2 of {@link SolverType#DPMSOLVER_PLUS} is known as DPM++ 2M.
 *
 * @param schedule the model's noise schedule
 * @param settings order, type and noise levels
 * @param eulerAtFinal whether the last step is of order 1 in long runs too
 */
public record DpmSolver(NoiseSchedule schedule, DpmSettings settings, boolean eulerAtFinal) implements Sampler {
    private static final int SHORT_RUN = 15; // below this many steps lowerOrderFinal counts, as in diffusers

    static DpmSolver of(NoiseSchedule schedule, SchedulerConfig config) {
        return new DpmSolver(
                schedule, DpmSettings.of(config, SigmaPlan.of(config), true), config.flag("euler_at_final", false));
    }

    @Override
    public Trajectory start(int steps) {
        return new Run(this, settings.levels(schedule, steps));
    }

    private static final class Run implements Trajectory {
        private final DpmSolver solver;
        private final DpmSettings settings;
        private final Levels levels;
        private final CallOrder order;
        private final History estimates;

        Run(DpmSolver solver, Levels levels) {
            this.solver = solver;
            this.settings = solver.settings;
            this.levels = levels;
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
            order.next(call);
            Tensor clean = settings.clean(solver.schedule, levels, modelOutput, x, call);
            estimates.add(settings.estimate(solver.schedule, levels, clean, modelOutput, x, call));
            ExponentialStep step = ExponentialStep.between(settings.type(), levels, call, call + 1);
            Tensor next = step.constant(x, estimates.get(0), noise);
            return switch (Math.min(estimates.size(), highestOrder(call))) {
                case 1 -> new Step(next, clean);
                case 2 -> new Step(second(step, next, call), clean);
                default -> new Step(third(step, next, call), clean);
            };
        }

        private int highestOrder(int call) {
            int left = levels.steps() - call;
            boolean lower = settings.lowerOrderFinal() && levels.steps() < SHORT_RUN;
            boolean atZero = settings.plan().endsAtZero();
            return left == 1 && (lower || solver.eulerAtFinal || atZero) ? 1 : left == 2 && lower ? 2 : 3;
        }

        private Tensor second(ExponentialStep step, Tensor next, int call) {
            Tensor slope = estimates.get(0).minus(estimates.get(1)).over(ratio(call, 0));
            return step.plus(next, slope, settings.midpoint() ? step.phi1() / 2 : step.phi2());
        }

        private Tensor third(ExponentialStep step, Tensor next, int call) {
            double r0 = ratio(call, 0);
            double r1 = ratio(call, 1);
            Tensor late = estimates.get(0).minus(estimates.get(1)).over(r0);
            Tensor early = estimates.get(1).minus(estimates.get(2)).over(r1);
            Tensor curvature = late.minus(early).over(r0 + r1);
            Tensor slope = late.plus(curvature.times(r0));
            return step.plus(step.plus(next, slope, step.phi2()), curvature, step.phi3());
        }

        /** An earlier step's length in lambda, relative to this one's. */
        private double ratio(int call, int ago) {
            double earlier = levels.lambda(call - ago) - levels.lambda(call - ago - 1);
            return earlier / (levels.lambda(call + 1) - levels.lambda(call));
        }

        @Override
        public void close() {
            estimates.close();
        }
    }
}
