package dev.hapax.schedule;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.tensor.Tensor;

/**
 * What the two DPM-Solvers have in common.
 *
 * @param plan the noise levels of a run
 * @param clipping applied to each estimate of the clean sample
 * @param order of the method, in [1, 3]
 * @param type of the solution
 * @param midpoint whether second-order steps use the midpoint rule instead of the exact integral, {@code heun}
 * @param lowerOrderFinal whether the order goes down in the last steps of short runs
 * @param leastLambda timesteps with a lower half log signal-to-noise ratio are left out: {@code lambda_min_clipped}
 */
public record DpmSettings(
        SigmaPlan plan,
        Clipping clipping,
        int order,
        SolverType type,
        boolean midpoint,
        boolean lowerOrderFinal,
        double leastLambda) {

    /** Checks the order and that the type can do what the plan wants. */
    public DpmSettings {
        if (order < 1 || order > 3) {
            throw new IllegalArgumentException("solver_order must be 1, 2 or 3, got " + order);
        }
        if (plan.endsAtZero() && !type.integratesClean()) {
            throw new IllegalArgumentException("a solver in terms of the noise cannot end at no noise; use "
                    + "dpmsolver++, or final_sigmas_type sigma_min");
        }
    }

    static DpmSettings of(SchedulerConfig config, SigmaPlan plan, boolean lowerOrderFinal) {
        if (config.config().text("variance_type", "").startsWith("learned")) {
            throw new CheckpointException(
                    config.config().origin() + ": DPM-Solver does not read \"variance_type\"; remove it");
        }
        String rule = config.choice("solver_type", "midpoint", "heun", "logrho", "bh1", "bh2");
        String type = config.config().text("algorithm_type", "dpmsolver++");
        return new DpmSettings(
                plan,
                config.clippingOfSolver(),
                config.integer("solver_order", 2),
                SolverType.of(type.equals("deis") ? "dpmsolver++" : type),
                !rule.equals("heun"), // the other names belong to other solvers and mean the default here
                config.flag("lower_order_final", lowerOrderFinal),
                config.number("lambda_min_clipped", Double.NEGATIVE_INFINITY));
    }

    Levels levels(NoiseSchedule schedule, int steps) {
        return plan.solverLevels(schedule, steps, leastLambda);
    }

    Tensor clean(NoiseSchedule schedule, Levels levels, Tensor output, Tensor x, int i) {
        return clipping.apply(schedule.prediction().clean(output, x, levels.alpha(i), levels.sigma(i)));
    }

    /** The estimate that the solver integrates: the clean sample, or the noise. */
    Tensor estimate(NoiseSchedule schedule, Levels levels, Tensor clean, Tensor output, Tensor x, int i) {
        if (type.integratesClean()) {
            return clean;
        }
        return clipping instanceof Clipping.None
                ? schedule.prediction().noise(output, x, levels.alpha(i), levels.sigma(i))
                : x.minus(clean.times(levels.alpha(i))).over(levels.sigma(i));
    }
}
