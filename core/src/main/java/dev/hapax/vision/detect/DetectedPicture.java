package dev.hapax.vision.detect;

import java.util.List;

/**
 * What a detector found in a picture, and what there is.
 *
 * @param found of any scores
 * @param truth classes by their index among the detector's labels
 */
public record DetectedPicture(List<Detection> found, GroundTruth truth) {

    /** Copies the list. */
    public DetectedPicture {
        found = List.copyOf(found);
    }
}
