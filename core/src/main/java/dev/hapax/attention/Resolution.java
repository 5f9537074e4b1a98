package dev.hapax.attention;

import dev.hapax.tensor.Tensor;

/**
 * The size of a map in its own pixels.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record Resolution(int height, int width) {
    /** Checks the sizes. */
    public Resolution {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("height and width must be >= 1, got " + height + " and " + width);
        }
    }

    /** Of images or latents (b, c, h, w). */
    public static Resolution of(Tensor images) {
        return new Resolution((int) images.size(2), (int) images.size(3));
    }

    /** As many rows as columns. */
    public static Resolution square(int side) {
        return new Resolution(side, side);
    }

    /** How many pixels there are. */
    public int pixels() {
        return Math.multiplyExact(height, width);
    }

    /** Height x width, for example {@code 16x24}. */
    @Override
    public String toString() {
        return height + "x" + width;
    }
}
