package dev.hapax.attention;

import java.util.Comparator;
import java.util.List;

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

    /** As many rows as columns. */
    public static Resolution square(int side) {
        return new Resolution(side, side);
    }

    /**
     * Of the resolutions at which a U-Net reads its text, the one whose shorter side is nearest to {@code side}.
     *
     * @param latents the size of the latents
     * @param layers the U-Net's cross-attention layers
     */
    public static Resolution nearest(Resolution latents, List<AttentionLayer> layers, int side) {
        double shorter = Math.min(latents.height, latents.width);
        int divisor = layers.stream()
                .map(AttentionLayer::divisor)
                .distinct()
                .min(Comparator.comparingDouble(d -> Math.abs(shorter / d - side)))
                .orElseThrow(() -> new IllegalArgumentException("this U-Net reads no text"));
        return layers.stream()
                .filter(layer -> layer.divisor() == divisor)
                .findFirst()
                .orElseThrow()
                .resolution(latents.height, latents.width);
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
