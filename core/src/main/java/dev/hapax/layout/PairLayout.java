package dev.hapax.layout;

import dev.hapax.vision.detect.Box;
import dev.hapax.vision.detect.Detection;
import java.util.List;
import java.util.Optional;

/**
 * Two things and where they stand in a picture.
 *
 * @param first the noun of one
 * @param second the noun of the other
 * @param firstBox where the first is
 * @param secondBox where the second is
 */
public record PairLayout(String first, String second, Box firstBox, Box secondBox) {

    /** Two things that were found; empty if one of them was not, or more than once. */
    public static Optional<PairLayout> of(String first, String second, List<Detection> found) {
        List<Detection> firsts =
                found.stream().filter(it -> it.label().equals(first)).toList();
        List<Detection> seconds =
                found.stream().filter(it -> it.label().equals(second)).toList();
        return firsts.size() == 1 && seconds.size() == 1
                ? Optional.of(new PairLayout(
                        first, second, firsts.get(0).box(), seconds.get(0).box()))
                : Optional.empty();
    }

    /** Whether their middles are further apart across the picture than down, so that one is clearly to the left. */
    public boolean isSideBySide() {
        return Math.abs(firstBox.centreX() - secondBox.centreX()) > Math.abs(firstBox.centreY() - secondBox.centreY());
    }

    /** The same picture in a mirror. */
    public PairLayout mirrored() {
        return new PairLayout(first, second, firstBox.mirrored(), secondBox.mirrored());
    }

    /**
     * This or its mirror image, whichever has the first thing on the left. A mean over pictures of both kinds would put
     * both things in the middle.
     */
    public PairLayout firstLeft() {
        return firstBox.centreX() <= secondBox.centreX() ? this : mirrored();
    }
}
