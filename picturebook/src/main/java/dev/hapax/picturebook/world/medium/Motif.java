package dev.hapax.picturebook.world.medium;

import dev.hapax.picturebook.world.Look;
import dev.hapax.picturebook.world.Pattern;
import dev.hapax.picturebook.world.shape.Forms;
import java.awt.Color;
import java.awt.Paint;
import java.awt.TexturePaint;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Makes paint that repeats the pattern of a thing. */
final class Motif {

    private static final double STRIPE_PERIOD = 0.23;
    private static final double SPOT_PERIOD = 0.36;
    private static final double CHECK_PERIOD = 0.3;

    private Motif() {}

    /**
     * {@return paint for the surface of a thing}
     *
     * @param look the thing's look
     * @param main the color to use for its main tone
     * @param second the color to use for its second tone
     * @param bounds of the thing on the sheet
     * @param size of the image in pixels
     */
    static Paint paint(Look look, int main, int second, Rectangle2D bounds, int size) {
        double extent = Math.max(bounds.getWidth(), bounds.getHeight());
        return switch (look.pattern()) {
            case PLAIN -> new Color(main);
            case STRIPED -> repeat(look, main, second, bounds, STRIPE_PERIOD * extent, size);
            case SPOTTED -> repeat(look, main, second, bounds, SPOT_PERIOD * extent, size);
            case CHECKERED -> repeat(look, main, second, bounds, CHECK_PERIOD * extent, size);
        };
    }

    private static Paint repeat(Look look, int main, int second, Rectangle2D bounds, double period, int size) {
        int pixels = Math.max(4, (int) Math.round(period * size));
        BufferedImage tile = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
        try (Brush brush = new Brush(tile, true)) {
            brush.fill(Forms.box(-1, -1, 2, 2, 0), main);
            if (look.pattern() == Pattern.STRIPED) {
                stripes(brush, look.details().count(), second);
            } else if (look.pattern() == Pattern.SPOTTED) {
                spots(brush, second);
            } else {
                brush.fill(Forms.box(0, 0, 0.5, 0.5, 0), second);
                brush.fill(Forms.box(0.5, 0.5, 1, 1, 0), second);
            }
        }
        return new TexturePaint(tile, new Rectangle2D.Double(bounds.getX(), bounds.getY(), period, period));
    }

    private static void stripes(Brush brush, int direction, int second) {
        switch (direction) {
            case 1 -> brush.fill(Forms.box(0.28, -1, 0.72, 2, 0), second);
            case 2 -> brush.fill(Forms.box(-1, 0.28, 2, 0.72, 0), second);
            default -> {
                for (int i = -1; i <= 1; i++) {
                    brush.fill(Forms.polygon(i - 0.5, 1.5, i + 1.5, -0.5, i + 1.95, -0.5, i - 0.05, 1.5), second);
                }
            }
        }
    }

    private static void spots(Brush brush, int second) {
        double r = 0.21;
        for (int i = 0; i < 4; i++) {
            brush.fill(Forms.ellipse(i & 1, i >> 1, r, r), second);
        }
        brush.fill(Forms.ellipse(0.5, 0.5, r, r), second);
    }
}
