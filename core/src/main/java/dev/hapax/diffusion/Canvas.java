package dev.hapax.diffusion;

import dev.hapax.vision.Raster;
import dev.hapax.vision.Resampling;
import java.awt.image.BufferedImage;

/**
 * The size that a picture is shown in and the size that it is drawn in, which is a multiple of what one latent pixel
 * stands for. What is missing is added at the right and at the bottom and cut off again, so nothing is shifted.
 *
 * @param shown the size of the result
 * @param drawn the size that the model works on; neither side is shorter
 */
public record Canvas(ImageSize shown, ImageSize drawn) {
    /** Checks that what is shown lies within what is drawn. */
    public Canvas {
        if (drawn.width() < shown.width() || drawn.height() < shown.height()) {
            throw new IllegalArgumentException("a canvas of " + drawn + " is smaller than what it shows, " + shown);
        }
    }

    /** The smallest canvas for a result of this size whose sides are multiples of {@code multiple}. */
    public static Canvas of(ImageSize shown, int multiple) {
        return new Canvas(
                shown, new ImageSize(roundedUp(shown.width(), multiple), roundedUp(shown.height(), multiple)));
    }

    private static int roundedUp(int length, int multiple) {
        return (length + multiple - 1) / multiple * multiple;
    }

    /**
     * A picture in the size that is drawn: resized to the size that is shown by a Lanczos filter, as diffusers does it,
     * then extended by repeating its last column and row. A picture that has the size keeps every sample.
     */
    public Raster fit(Raster picture) {
        return picture.resize(shown.width(), shown.height(), Resampling.LANCZOS).extend(drawn.width(), drawn.height());
    }

    /** The part of a drawn image that is shown. */
    BufferedImage cut(BufferedImage image) {
        if (shown.equals(drawn)) {
            return image;
        }
        int width = shown.width();
        BufferedImage part = new BufferedImage(width, shown.height(), BufferedImage.TYPE_INT_RGB);
        part.setRGB(0, 0, width, shown.height(), image.getRGB(0, 0, width, shown.height(), null, 0, width), 0, width);
        return part;
    }
}
