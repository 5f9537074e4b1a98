package dev.hapax.picturebook.world;

import java.util.Objects;

/**
 * Everything that makes one individual: the same look in another scene, place or style is the same thing.
 *
 * @param color the name of its main color
 * @param rgb its main color, 0xRRGGBB, nearest to that name
 * @param secondRgb its second tone, 0xRRGGBB
 * @param pattern how the tones share its surface
 * @param knobs its proportions
 * @param details its stepped traits
 */
public record Look(ColorName color, int rgb, int secondRgb, Pattern pattern, Knobs knobs, Details details) {

    /** Checks the parts, and that the color bears its right name. */
    public Look {
        Objects.requireNonNull(color, "color");
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(knobs, "knobs");
        Objects.requireNonNull(details, "details");
        checkOpaque(rgb);
        checkOpaque(secondRgb);
        if (ColorName.nearest(rgb) != color) {
            throw new IllegalArgumentException(String.format("%06x is not %s", rgb, color.word()));
        }
    }

    private static void checkOpaque(int rgb) {
        if (rgb >>> 24 != 0) {
            throw new IllegalArgumentException(String.format("not an opaque color: %08x", rgb));
        }
    }
}
