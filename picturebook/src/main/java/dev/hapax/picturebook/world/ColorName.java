package dev.hapax.picturebook.world;

import java.util.Locale;

/** The colors captions can name, each standing for its whole neighbourhood of real colors. */
public enum ColorName {
    /** Like a ripe tomato. */
    RED(0xD62F32),
    /** Like the fruit. */
    ORANGE(0xF28A22),
    /** Like an egg yolk. */
    YELLOW(0xF7D62E),
    /** Like a meadow. */
    GREEN(0x3FA34A),
    /** Like ink. */
    BLUE(0x2E6BD8),
    /** Like a plum. */
    PURPLE(0x8A47BE),
    /** Like candy floss. */
    PINK(0xF58DB8),
    /** Like chestnuts. */
    BROWN(0x85562F),
    /** Like a rainy sky. */
    GRAY(0x8C9096),
    /** Like fresh milk. */
    WHITE(0xF7F6F2);

    private final int rgb;

    ColorName(int rgb) {
        this.rgb = rgb;
    }

    /** {@return the most typical color of this name, as 0xRRGGBB} */
    public int rgb() {
        return rgb;
    }

    /** {@return the English adjective} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Names a color.
     *
     * @param rgb a color as 0xRRGGBB
     * @return the name whose typical color looks most alike
     */
    public static ColorName nearest(int rgb) {
        ColorName best = RED;
        for (ColorName name : values()) {
            if (Rgb.distance(rgb, name.rgb) < Rgb.distance(rgb, best.rgb)) {
                best = name;
            }
        }
        return best;
    }
}
