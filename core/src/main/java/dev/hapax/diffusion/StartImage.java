package dev.hapax.diffusion;

import java.awt.image.BufferedImage;

/**
 * A picture to begin from instead of noise (Meng et al. 2022, "SDEdit").
 *
 * @param image of the size that is drawn
 * @param strength which part of the steps is done on it, in (0, 1]; 1 leaves next to nothing of the picture
 */
public record StartImage(BufferedImage image, double strength) {
    /** Checks the strength. */
    public StartImage {
        if (!(strength > 0 && strength <= 1)) {
            throw new IllegalArgumentException("strength must be in (0, 1], got " + strength);
        }
    }

    /** The first of {@code steps} steps that is done. */
    int firstStep(int steps) {
        return steps - Math.max(1, (int) (steps * strength));
    }
}
