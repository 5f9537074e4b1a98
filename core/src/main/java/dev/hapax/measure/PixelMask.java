package dev.hapax.measure;

import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * A set of pixels of an image.
 *
 * @param height rows
 * @param width columns
 * @param pixels row by row: bit {@code y * width + x}
 */
public record PixelMask(int height, int width, BitSet pixels) {
    /** Copies the pixels and checks that they lie in the image. */
    public PixelMask {
        pixels = (BitSet) pixels.clone();
        if (height < 1 || width < 1 || pixels.length() > height * width) {
            throw new IllegalArgumentException(
                    "pixels up to " + pixels.length() + " do not fit a mask of " + height + " x " + width);
        }
    }

    /** The pixels whose number {@code y * width + x} satisfies a condition. */
    public static PixelMask of(int height, int width, IntPredicate condition) {
        BitSet pixels = new BitSet(height * width);
        for (int i = 0; i < height * width; i++) {
            pixels.set(i, condition.test(i));
        }
        return new PixelMask(height, width, pixels);
    }

    @Override
    public BitSet pixels() {
        return (BitSet) pixels.clone();
    }

    /** Whether a pixel is in the set. */
    public boolean at(int x, int y) {
        return pixels.get(y * width + x);
    }

    /**
     * Intersection over union, {@code |A and B| / |A or B|}, in [0, 1]; 0 for two empty sets.
     *
     * @throws IllegalArgumentException if the sizes differ
     */
    public double overlap(PixelMask other) {
        if (height != other.height || width != other.width) {
            throw new IllegalArgumentException("masks of " + height + " x " + width + " and " + other.height + " x "
                    + other.width + " cannot be compared; resize one");
        }
        BitSet both = pixels();
        both.and(other.pixels);
        BitSet any = pixels();
        any.or(other.pixels);
        return any.isEmpty() ? 0 : (double) both.cardinality() / any.cardinality();
    }
}
