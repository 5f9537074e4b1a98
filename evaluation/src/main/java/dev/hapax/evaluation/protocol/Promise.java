package dev.hapax.evaluation.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A claim of a paper: one variant is better than another.
 *
 * @param source who claims it, and where
 * @param figure by which measure, one of which more is better
 * @param better the name of a variant
 * @param worse the name of another
 * @param words in images of just these words; empty for all images that the figure is taken of
 * @param part in this part of the evaluation; empty for all
 */
public record Promise(
        String source, Figure figure, String better, String worse, List<String> words, Optional<String> part) {
    /** Copies the words. */
    public Promise {
        words = List.copyOf(words);
    }

    /** A claim about all images. */
    public Promise(String source, Figure figure, String better, String worse) {
        this(source, figure, better, worse, List.of(), Optional.empty());
    }

    /** The same for images of these words and no others. */
    Promise of(List<String> of) {
        return new Promise(source, figure, better, worse, of, part);
    }

    /** The same for one part of the evaluation. */
    Promise in(String table) {
        return new Promise(source, figure, better, worse, words, Optional.of(table));
    }

    /** Whether it is about the images of an ask. */
    boolean isAbout(Optional<Ask> ask) {
        return (words.isEmpty() || ask.filter(a -> a.words().equals(words)).isPresent())
                && (part.isEmpty() || ask.filter(a -> a.part().equals(part)).isPresent());
    }

    /** The claim in words. */
    public String text() {
        String of = words.isEmpty() ? "" : " of " + String.join(" and ", words);
        return figure.measure().name() + of + ": " + better + " > " + worse;
    }
}
