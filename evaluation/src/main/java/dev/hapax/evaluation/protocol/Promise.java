package dev.hapax.evaluation.protocol;

import java.util.List;

/**
 * A claim of a paper: one variant is better than another.
 *
 * @param source who claims it, and where
 * @param figure by which measure, one of which more is better
 * @param better the name of a variant
 * @param worse the name of another
 * @param words in images of just these words; empty for all images that the figure is taken of
 */
public record Promise(String source, Figure figure, String better, String worse, List<String> words) {
    /** Copies the words. */
    public Promise {
        words = List.copyOf(words);
    }

    /** A claim about all images. */
    public Promise(String source, Figure figure, String better, String worse) {
        this(source, figure, better, worse, List.of());
    }

    /** The same for images of these words and no others. */
    Promise of(List<String> of) {
        return new Promise(source, figure, better, worse, of);
    }

    /** The claim in words. */
    public String text() {
        String of = words.isEmpty() ? "" : " of " + String.join(" and ", words);
        return figure.measure().name() + of + ": " + better + " > " + worse;
    }
}
