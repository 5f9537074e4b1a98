package dev.hapax.measure;

import java.util.List;

/**
 * How much drawn images look like real pictures: the mean cosine over all pairs of a drawn image x_i and a reference y_j,
 *
 * <pre>  1/(n m) sum_ij cos(E(x_i), E(y_j)).</pre>
 *
 * With CLIP this is the image alignment of Gal et al. 2022 (section 5), called CLIP-I by Ruiz et al. 2023; with DINO it is
 * the latter's DINO score. References are whole pictures where a prompt names all that they show, and crops where it names
 * one thing (Zhang et al. 2024, DisenDiff, section 4). Drawn images stay whole.
 */
public final class ImageAlignment {
    private ImageAlignment() {}

    /**
     * Compares images with references, both by the same judge.
     *
     * @return in [-1, 1]
     * @throws IllegalArgumentException if there are no images or no references
     */
    public static double of(List<Embedding> drawn, List<Embedding> references) {
        if (drawn.isEmpty() || references.isEmpty()) {
            throw new IllegalArgumentException("image alignment needs at least one image and one reference, got "
                    + drawn.size() + " and " + references.size());
        }
        return drawn.stream()
                .mapToDouble(image -> image.meanCosine(references))
                .average()
                .orElseThrow();
    }
}
