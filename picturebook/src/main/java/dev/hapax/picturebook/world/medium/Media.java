package dev.hapax.picturebook.world.medium;

import dev.hapax.picturebook.world.Style;

/** Knows the hand for every style. */
public final class Media {

    private Media() {}

    /**
     * {@return the hand that draws in a style}
     *
     * @param style the style
     */
    public static Medium of(Style style) {
        return switch (style) {
            case PICTURE -> new PictureMedium();
            case SKETCH -> new SketchMedium();
            case MOSAIC -> new MosaicMedium();
            case NEON -> new NeonMedium();
            case WATERCOLOR -> new WatercolorMedium();
        };
    }
}
