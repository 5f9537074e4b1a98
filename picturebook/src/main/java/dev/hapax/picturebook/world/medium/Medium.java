package dev.hapax.picturebook.world.medium;

import dev.hapax.picturebook.world.Look;
import dev.hapax.picturebook.world.shape.Drawing;
import java.awt.image.BufferedImage;

/** The hand that puts drawings on paper; without state, so that threads may share it. */
public interface Medium {

    /**
     * Covers the paper with a background.
     *
     * @param brush paints on the paper
     * @param backdrop what to draw, on a sheet of 1 by 1
     * @param seed decides what varies by accident
     */
    void backdrop(Brush brush, Drawing backdrop, long seed);

    /**
     * Draws one thing.
     *
     * @param brush paints on the paper
     * @param figure what to draw, in place on a sheet of 1 by 1
     * @param look its colors
     */
    void figure(Brush brush, Drawing figure, Look look);

    /**
     * Goes over the finished paper; most hands have nothing left to do.
     *
     * @param image all pixels
     * @param seed decides what varies by accident
     */
    default void finish(BufferedImage image, long seed) {}
}
