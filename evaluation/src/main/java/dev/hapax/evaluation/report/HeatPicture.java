package dev.hapax.evaluation.report;

import dev.hapax.measure.HeatMap;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Where a word looks, laid over its picture: what is looked at glows, the rest fades to paper. */
public final class HeatPicture {
    private static final double VEIL = 0.6; // how far the picture fades where nothing is looked at
    private static final double FLOOR = 0.3; // share of the largest attention below which nothing glows
    private static final double GLOW = 0.75; // how much of the picture the glow covers
    private static final int PAPER = 0xF6F4EF;
    private static final int LOW = 0xBF1D58; // the glow where it begins
    private static final int MIDDLE = 0xF2683A;
    private static final int HIGH = 0xFFE14D; // and where most is looked at

    private HeatPicture() {}

    /**
     * Draws it.
     *
     * @param map of any size
     * @param side width and height of the result, in pixels
     */
    public static BufferedImage of(BufferedImage picture, HeatMap map, int side) {
        BufferedImage canvas = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = canvas.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(picture, 0, 0, side, side, null);
        graphics.dispose();
        HeatMap heat = map.resized(side, side).normalised();
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double strength = Math.max(0, (heat.at(x, y) - FLOOR) / (1 - FLOOR));
                int faded = mix(canvas.getRGB(x, y), PAPER, VEIL * (1 - strength));
                canvas.setRGB(x, y, mix(faded, color(strength), GLOW * strength));
            }
        }
        return canvas;
    }

    /** From red over orange to yellow. */
    static int color(double strength) {
        return strength < 0.5 ? mix(LOW, MIDDLE, 2 * strength) : mix(MIDDLE, HIGH, 2 * strength - 1);
    }

    private static int mix(int from, int to, double share) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double value = (from >> shift & 0xFF) * (1 - share) + (to >> shift & 0xFF) * share;
            mixed |= (int) Math.round(value) << shift;
        }
        return mixed;
    }
}
