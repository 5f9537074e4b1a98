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
 * @param part in this part of the evaluation; empty for all
 */
public record Promise(
        String source, Figure figure, String better, String worse, Optional<String> word, Optional<String> part) {
    /** A claim about all images. */
    public Promise(String source, Figure figure, String better, String worse) {
        this(source, figure, better, worse, Optional.empty(), Optional.empty());
    }

    /** The same for images of one word alone. */
    Promise of(String of) {
        return new Promise(source, figure, better, worse, Optional.of(of), part);
    }

    /** The same for one part of the evaluation. */
    Promise in(String table) {
        return new Promise(source, figure, better, worse, word, Optional.of(table));
    }

    /** Whether it is about the images of an ask. */
    boolean isAbout(Optional<Ask> ask) {
        return (word.isEmpty()
                        || ask.filter(a -> a.words().equals(word.stream().toList()))
                                .isPresent())
                && (part.isEmpty() || ask.filter(a -> a.part().equals(part)).isPresent());
    }

    /** The claim in words. */
    public String text() {
        return figure.measure().name() + word.map(of -> " of " + of).orElse("") + ": " + better + " > " + worse;
    }
}
