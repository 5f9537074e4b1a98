package dev.hapax.evaluation.protocol;

import java.util.Optional;

/**
 * A claim of a paper: one variant is better than another.
 *
 * @param source who claims it, and where
 * @param figure by which measure, one of which more is better
 * @param better the name of a variant
 * @param worse the name of another
 * @param word in images of this word alone; empty for all images that the figure is taken of
 */
public record Promise(String source, Figure figure, String better, String worse, Optional<String> word) {
    /** A claim about all images. */
    public Promise(String source, Figure figure, String better, String worse) {
        this(source, figure, better, worse, Optional.empty());
    }

    /** The same for images of one word alone. */
    Promise of(String of) {
        return new Promise(source, figure, better, worse, Optional.of(of));
    }

    /** The claim in words. */
    public String text() {
        return figure.measure().name() + word.map(of -> " of " + of).orElse("") + ": " + better + " > " + worse;
    }
}
