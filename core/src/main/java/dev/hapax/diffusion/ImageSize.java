package dev.hapax.diffusion;

/**
 * The size of an image in pixels.
 *
 * @param width columns
 * @param height rows
 */
public record ImageSize(int width, int height) {
    /** Checks that both are positive. */
    public ImageSize {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("an image needs at least 1 x 1 pixels, got " + width + " x " + height);
        }
    }

    /** The nearest size whose sides are multiples of {@code multiple}, at least one of it. */
    ImageSize nearest(int multiple) {
        return new ImageSize(nearest(width, multiple), nearest(height, multiple));
    }

    /**
     * Checks that both sides are multiples of so many pixels.
     *
     * @throws IllegalArgumentException if one is not; it says which size would do
     */
    void requireMultiple(int multiple) {
        if (width % multiple != 0 || height % multiple != 0) {
            throw new IllegalArgumentException("width and height must be multiples of " + multiple + ", got " + this
                    + "; the nearest is " + nearest(multiple));
        }
    }

    private static int nearest(int length, int multiple) {
        return Math.max(1, (length + multiple / 2) / multiple) * multiple;
    }

    /** Width x height, for example {@code 512x768}. */
    @Override
    public String toString() {
        return width + "x" + height;
    }
}
