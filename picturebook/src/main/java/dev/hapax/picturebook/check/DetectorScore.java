package dev.hapax.picturebook.check;

import dev.hapax.vision.detect.AveragePrecision;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How well the detector finds things.
 *
 * @param renderings in true renderings
 * @param reconstructions in those that went through the autoencoder
 * @param drawn how likely, on average, it thinks the things that were asked for are in the model's pictures, in [0, 1]
 */
public record DetectorScore(
        AveragePrecision renderings, Optional<AveragePrecision> reconstructions, OptionalDouble drawn) {
    /** The overlap from which on a finding is right. */
    public static final double OVERLAP = 0.5;

    /** The least mean average precision on true renderings that will do. */
    public static final double BAR = 0.8;
}
