package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.function.Supplier;

/**
 * One step of an exponential integrator between two noise levels: the exact solution for an estimate D that is a
 * polynomial in lambda, half the logarithm of the signal-to-noise ratio (Lu et al. 2022b, section 4 and appendix A):
 *
 * <pre>{@code x' = keep x + factor (phi1 D + phi2 D' + phi3 D'') + added noise}</pre>
 *
 * <p>with D', D'' the estimate's scaled divided differences and phi1 = e^z - 1, phi2 = phi1 / z - 1, phi3 = phi2 / z -
 * 1/2. (For order 3 of the SDE in terms of the clean sample, diffusers 0.36 has another sign in phi3, under which the
 * weight does not vanish with the step; this is the integral.)
 *
 * @param keep what is left of the sample
 * @param factor the common factor of the estimates
 * @param phi1 the weight of the estimate
 * @param phi2 the weight of its first difference
 * @param phi3 the weight of its second difference
 * @param stochastic whether noise is added
 * @param added the standard deviation of that noise
 */
record ExponentialStep(
        double keep, double factor, double phi1, double phi2, double phi3, boolean stochastic, double added) {

    static ExponentialStep between(SolverType type, Levels levels, int from, int to) {
        double h = levels.lambda(to) - levels.lambda(from); // infinite if the step ends at no noise
        double noiseRatio = levels.sigma(to) / levels.sigma(from);
        double signalRatio = levels.alpha(to) / levels.alpha(from);
        return switch (type) {
            case DPMSOLVER -> of(signalRatio, -levels.sigma(to), h, false, 0);
            case DPMSOLVER_PLUS -> of(noiseRatio, -levels.alpha(to), -h, false, 0);
            case SDE_DPMSOLVER ->
                of(signalRatio, -2 * levels.sigma(to), h, true, levels.sigma(to) * Math.sqrt(Math.expm1(2 * h)));
            case SDE_DPMSOLVER_PLUS ->
                of(
                        noiseRatio * Math.exp(-h),
                        -levels.alpha(to),
                        -2 * h,
                        true,
                        levels.sigma(to) * Math.sqrt(-Math.expm1(-2 * h)));
        };
    }

    private static ExponentialStep of(double keep, double factor, double z, boolean stochastic, double added) {
        double phi1 = Math.expm1(z);
        double phi2 = phi1 / z - 1;
        return new ExponentialStep(keep, factor, phi1, phi2, phi2 / z - 0.5, stochastic, added);
    }

    /** A step with a constant estimate: {@link #plus} adds its differences. */
    Tensor constant(Tensor x, Tensor estimate, Supplier<Tensor> noise) {
        Tensor next = plus(x.times(keep), estimate, phi1);
        return stochastic ? next.plus(noise.get().times(added)) : next;
    }

    /** {@code x + factor weight difference}. */
    Tensor plus(Tensor x, Tensor difference, double weight) {
        return x.plus(difference.times(factor * weight));
    }
}
