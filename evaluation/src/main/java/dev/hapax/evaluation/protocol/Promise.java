package dev.hapax.evaluation.protocol;

/**
 * A claim of a paper: one variant is better than another.
 *
 * @param source who claims it, and where
 * @param figure by which measure, one of which more is better
 * @param better the name of a variant
 * @param worse the name of another
 */
public record Promise(String source, Figure figure, String better, String worse) {
    /** The claim in words. */
    public String text() {
        return figure.measure().name() + ": " + better + " > " + worse;
    }
}
