package dev.hapax.evaluation.statistics;

/**
 * One measured value.
 *
 * @param key what tells it from the others of its sample, and pairs it with the same in another sample: for example
 *     picture, prompt and seed
 * @param group what it shares with values that are not independent of it: for example the picture that a word was
 *     learned from, because all images of that word are good or bad together
 * @param value finite
 */
public record Observation(String key, String group, double value) {
    /** Checks the value. */
    public Observation {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the value of " + key + " is " + value
                    + "; leave out what cannot be measured and say how many were left out");
        }
    }
}
