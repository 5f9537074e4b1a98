package dev.hapax.evaluation.protocol;

/**
 * How images are drawn.
 *
 * @param steps of the sampler, at least 1
 * @param guidance how strongly the prompt pulls
 * @param sampler its name
 * @param seeds how many images of each prompt, from the first of seed {@code seed} on; at least 1
 * @param curveSeeds how many of each prompt with words that are half learned; at most {@code seeds}
 * @param seed of all noise
 */
public record Drawing(int steps, double guidance, String sampler, int seeds, int curveSeeds, long seed) {
    /** Checks the numbers. */
    public Drawing {
        if (steps < 1 || seeds < 1 || curveSeeds < 0 || curveSeeds > seeds) {
            throw new IllegalArgumentException("steps and images of a prompt must be at least 1, and those of half"
                    + " learned words no more; got " + steps + ", " + seeds + " and " + curveSeeds);
        }
    }
}
