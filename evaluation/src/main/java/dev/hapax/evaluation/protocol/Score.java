package dev.hapax.evaluation.protocol;

import java.util.List;

/**
 * One measured number.
 *
 * @param place the cell that it comes from
 * @param word that it is about; empty if it is about an image
 * @param figure what was measured
 * @param value of it
 */
record Score(Planned place, String word, Figure figure, double value) {
    /** What pairs it with the same number of another variant. */
    String key() {
        String ask = place.ask().map(a -> a.name() + " | " + a.prompt()).orElse("");
        return place.entry().subject().name() + " | " + ask + " | " + word + " | " + place.image();
    }

    /** Whether these words are in its image, and no others. */
    boolean isOf(List<String> words) {
        return place.ask().filter(ask -> ask.words().equals(words)).isPresent();
    }

    String group(Comparison.Unit unit) {
        boolean byAsk = unit == Comparison.Unit.ASK;
        return byAsk
                ? place.ask().map(Ask::prompt).orElse(word)
                : place.entry().subject().name();
    }
}
