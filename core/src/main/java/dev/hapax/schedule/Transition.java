package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;

/**
 * The distribution of a less noisy sample given a noisy and a clean one (Ho et al. 2020, equations 6 and 7).
 *
 * @param cleanWeight the clean sample's weight in the mean
 * @param sampleWeight the noisy sample's weight in the mean
 * @param variance its variance, beta tilde
 * @param beta the variance that the forward process adds on the way, an upper bound of {@code variance}
 */
record Transition(double cleanWeight, double sampleWeight, double variance, double beta) {

    /** From {@code a} to {@code aNext}, both cumulative products of 1 - beta. */
    static Transition between(double a, double aNext) {
        return between(a, aNext, 1 - a / aNext);
    }

    /** The same if the variance between both is known better than their quotient tells. */
    static Transition between(double a, double aNext, double beta) {
        return new Transition(
                Math.sqrt(aNext) * beta / (1 - a),
                Math.sqrt(1 - beta) * (1 - aNext) / (1 - a),
                (1 - aNext) / (1 - a) * beta,
                beta);
    }

    Tensor mean(Tensor clean, Tensor x) {
        return clean.times(cleanWeight).plus(x.times(sampleWeight));
    }
}
