package dev.hapax.evaluation.report;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Pictures side by side, for the page only.
 *
 * @param name for the heading
 * @param text what they show, may be empty
 * @param heat whether they are {@link HeatPicture}s, so that their colors are explained
 * @param strips one below the other
 */
public record Sheet(String name, String text, boolean heat, List<Strip> strips) {
    /** Keeps a copy. */
    public Sheet {
        strips = List.copyOf(strips);
    }

    /**
     * Pictures in a row, such as all images that one method drew.
     *
     * @param name what they have in common
     * @param pictures in order
     */
    public record Strip(String name, List<Picture> pictures) {
        /** Keeps a copy. */
        public Strip {
            pictures = List.copyOf(pictures);
        }
    }

    /**
     * One picture.
     *
     * @param image its pixels
     * @param caption below it, may be empty
     */
    public record Picture(BufferedImage image, String caption) {}
}
