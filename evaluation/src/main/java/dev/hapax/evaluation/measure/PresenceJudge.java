package dev.hapax.evaluation.measure;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says which things an image shows: a detector, Picturebook's attribute reader, CLIP. The share of images that show the
 * other thing of a prompt is the CoI likelihood of Zhang et al. 2024 (Compositional Inversion), who ask a
 * detector.
 */
@FunctionalInterface
public interface PresenceJudge {
    /**
     * Looks for things.
     *
     * @param things nouns of all that the prompt asks for, each once
     * @return those that are there; empty if the judge does not know one of the nouns
     */
    Optional<Set<String>> present(BufferedImage image, List<String> things);
}
