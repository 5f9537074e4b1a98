package dev.hapax.evaluation.protocol;

import dev.hapax.vision.detect.Box;
import java.util.List;

/**
 * Where two things of a prompt shall be: the predictor of Zhang et al. 2024 (Compositional Inversion, equation 8), or what
 * stands in for it. The first thing of the prompt is on the left.
 */
public interface Layout {
    /** What it is, for the report. */
    String name();

    /**
     * The boxes of two things, within the image.
     *
     * @param first noun of the thing that the prompt names first
     * @param second noun of the other
     * @return two boxes, in this order
     */
    List<Box> boxes(String first, String second);
}
