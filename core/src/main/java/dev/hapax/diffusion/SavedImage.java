package dev.hapax.diffusion;

import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.Optional;

/**
 * A PNG file read back.
 *
 * @param image its pixels
 * @param settings how it was drawn, if this library wrote it
 * @param texts every text in it by keyword; other programs write {@code parameters} or {@code prompt}
 */
public record SavedImage(BufferedImage image, Optional<ImageSettings> settings, Map<String, String> texts) {
    /** Keeps a copy of the texts. */
    public SavedImage {
        texts = Map.copyOf(texts);
    }
}
