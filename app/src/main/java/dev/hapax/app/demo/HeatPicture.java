package dev.hapax.app.demo;

import dev.hapax.evaluation.protocol.PairScene;
import dev.hapax.measure.HeatMap;
import dev.hapax.measure.PixelMask;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** A heat map laid over its picture, with the outline of the true thing. */
final class HeatPicture {
    /** Width and height of such a picture. */
    static final int SIDE = 384;

    private static final double VEIL = 0.6; // how far the picture fades where nothing is looked at
    private static final double FLOOR = 0.3; // share of the largest attention below which nothing glows
    private static final double GLOW = 0.75; // how much of the picture the glow covers
    private static final int PAPER = 0xF6F4EF;
    private static final int OUTLINE = 0xFFFFFF;
    private static final int SHADOW = 0x1E1B18;

    private HeatPicture() {}

    /** Where a word of a scene looks. */
    static BufferedImage of(PairScene scene, WordScore score) {
        PixelMask truth = PairScene.of(scene.seed(), SIDE).mask(score.word());
        return of(scene.picture(), score.attention(), truth);
    }

    /**
     * Draws it.
     *
     * @param truth the true thing, {@link #SIDE} pixels wide and high
     */
    static BufferedImage of(BufferedImage picture, HeatMap map, PixelMask truth) {
        if (truth.width() != SIDE || truth.height() != SIDE) {
            throw new IllegalArgumentException("the mask must be " + SIDE + " pixels wide and high, got "
                    + truth.width() + " x " + truth.height());
        }
        BufferedImage canvas = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = canvas.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(picture, 0, 0, SIDE, SIDE, null);
        graphics.dispose();
        HeatMap heat = map.resized(SIDE, SIDE).normalised();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int pixel = canvas.getRGB(x, y);
                double value = heat.at(x, y);
                double strength = Math.max(0, Math.min(1, (value - FLOOR) / (1 - FLOOR)));
                int faded = mix(pixel, PAPER, VEIL * (1 - strength));
                canvas.setRGB(x, y, mix(faded, colour(strength), GLOW * strength));
            }
        }
        outline(canvas, truth, 3, SHADOW);
        outline(canvas, truth, 1, OUTLINE);
        return canvas;
    }

    /** From violet over orange to yellow. */
    private static int colour(double value) {
        return Color.HSBtoRGB(
                (float) (0.97 + 0.18 * value), (float) (0.85 - 0.15 * value), (float) (0.75 + 0.25 * value));
    }

    private static void outline(BufferedImage canvas, PixelMask truth, int width, int colour) {
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                boolean inside = at(truth, x, y);
                boolean edge = false;
                for (int d = -width; d <= width && !edge; d++) {
                    edge = at(truth, x + d, y) != inside || at(truth, x, y + d) != inside;
                }
                if (edge) {
                    canvas.setRGB(x, y, colour);
                }
            }
        }
    }

    private static boolean at(PixelMask truth, int x, int y) {
        return x >= 0 && y >= 0 && x < SIDE && y < SIDE && truth.at(x, y);
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
