package dev.hapax.evaluation.statistics;

/**
 * A claim of the form "A > B" and what was found. Where less is better, the claim is about what is subtracted: "A leaks
 * less than B" is {@code B - A > 0}.
 *
 * @param name the claim in words
 * @param source who claims it, such as "Jin et al. 2024, table 1"
 * @param difference A - B
 */
public record Claim(String name, String source, Interval difference) {
    /** Whether it holds. */
    public Verdict verdict() {
        return Verdict.of(difference);
    }
}
