package dev.hapax.picturebook.world.medium;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Paints smooth shapes on a square image, as if it were a sheet of 1 by 1. */
public final class Brush implements AutoCloseable {

    private final BufferedImage image;
    private final Graphics2D graphics;
    private final int size;

    /**
     * Takes up the brush.
     *
     * @param image what to paint on, as wide as it is high
     * @param smooth whether edges are smoothed
     */
    public Brush(BufferedImage image, boolean smooth) {
        this.image = image;
        size = image.getWidth();
        graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING,
                smooth ? RenderingHints.VALUE_ANTIALIAS_ON : RenderingHints.VALUE_ANTIALIAS_OFF);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.scale(size, size);
    }

    /** {@return the paper itself} */
    BufferedImage image() {
        return image;
    }

    /** {@return the side of the image in pixels} */
    int size() {
        return size;
    }

    /**
     * Fills a shape with one color.
     *
     * @param shape the shape
     * @param rgb the color
     */
    public void fill(Shape shape, int rgb) {
        fill(shape, new Color(rgb));
    }

    void fill(Shape shape, int rgb, double opacity) {
        fill(shape, color(rgb, opacity));
    }

    void fill(Shape shape, Paint paint) {
        graphics.setPaint(paint);
        graphics.fill(shape);
    }

    /** Fills a shape from one color at its top to another at its bottom. */
    void fillDown(Shape shape, Color top, Color bottom) {
        Rectangle2D box = shape.getBounds2D();
        fill(shape, new GradientPaint(0, (float) box.getMinY(), top, 0, (float) box.getMaxY(), bottom));
    }

    /**
     * Draws along a shape.
     *
     * @param shape the shape
     * @param width how thick, in sides of the sheet
     * @param rgb the color
     */
    public void trace(Shape shape, double width, int rgb) {
        trace(shape, width, rgb, 1);
    }

    void trace(Shape shape, double width, int rgb, double opacity) {
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.setPaint(color(rgb, opacity));
        graphics.draw(shape);
    }

    void shift(double x, double y) {
        graphics.translate(x, y);
    }

    /** Puts the brush down. */
    @Override
    public void close() {
        graphics.dispose();
    }

    static Color color(int rgb, double opacity) {
        return new Color(rgb & 0xFFFFFF | (int) Math.round(255 * opacity) << 24, true);
    }
}
