package dev.hapax.app.demo;

import dev.hapax.measure.HeatMap;
import dev.hapax.measure.Leakage;
import dev.hapax.measure.PixelMask;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * How well one word was learned.
 *
 * @param word the word
 * @param attention where it looks in the picture
 * @param truth where its thing is
 * @param leakage whether it draws its own thing
 * @param fidelity cosine of CLIP between "the word on a beach" as drawn and the same with its noun as text
 * @param alone some of the images that it drew alone
 */
public record WordScore(
        String word, HeatMap attention, PixelMask truth, Leakage leakage, double fidelity, List<BufferedImage> alone) {
    /** Copies the list. */
    public WordScore {
        alone = List.copyOf(alone);
    }

    /** Intersection over union of where it looks with where its thing is. */
    public double overlap() {
        return attention.overlap(truth);
    }
}
