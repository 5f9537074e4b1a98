package dev.hapax.picturebook.world.medium;

import dev.hapax.picturebook.world.Look;
import dev.hapax.picturebook.world.Rgb;
import dev.hapax.picturebook.world.shape.Drawing;
import dev.hapax.picturebook.world.shape.Finish;
import dev.hapax.picturebook.world.shape.Patch;
import java.awt.Color;
import java.awt.Paint;
import java.awt.Shape;

/** Tubes that glow in the color of the thing, in the dark. */
final class NeonMedium implements Medium {

    private static final int DARK = 0x14121F;
    private static final double SKY_HUE = 0.55;
    private static final double TUBE = 0.023;

    @Override
    public void backdrop(Brush brush, Drawing backdrop, long seed) {
        for (Patch patch : backdrop.patches()) {
            int dim = Rgb.mix(DARK, patch.rgb(), 0.16);
            if (patch.finish() != Finish.LINE) {
                brush.fill(patch.shape(), dim);
            }
            int lit = Rgb.mix(DARK, vivid(patch.rgb()), patch.finish() == Finish.OUTLINED ? 0.5 : 0.4);
            brush.trace(patch.shape(), TUBE * 2.2, lit, 0.22);
            brush.trace(patch.shape(), TUBE * 0.8, lit);
        }
    }

    @Override
    public void figure(Brush brush, Drawing figure, Look look) {
        for (Patch patch : figure.patches()) {
            if (patch.patterned()) {
                brush.trace(patch.shape(), 0.1, look.rgb(), 0.12);
            }
        }
        Paint surface = Motif.paint(
                look,
                Rgb.mix(DARK, look.rgb(), 0.34),
                Rgb.mix(DARK, look.secondRgb(), 0.62),
                figure.bounds(),
                brush.size());
        for (Patch patch : figure.patches()) {
            int color = patch.patterned() ? look.rgb() : lit(patch.rgb(), look.rgb());
            switch (patch.finish()) {
                case OUTLINED -> {
                    brush.fill(patch.shape(), patch.patterned() ? surface : new Color(Rgb.mix(DARK, color, 0.3)));
                    glow(brush, patch.shape(), color);
                }
                case FLAT -> brush.fill(patch.shape(), Rgb.mix(DARK, color, 0.8));
                case LINE -> brush.trace(patch.shape(), TUBE * 0.9, Rgb.mix(DARK, color, 0.9));
            }
        }
    }

    private static void glow(Brush brush, Shape shape, int rgb) {
        brush.trace(shape, TUBE * 2.6, rgb, 0.3);
        brush.trace(shape, TUBE, rgb);
        brush.trace(shape, TUBE * 0.4, Rgb.mix(rgb, 0xFFFFFF, 0.4), 0.8);
    }

    /** What is black by day would not be seen: it shines in a pale tint of the thing. */
    private static int lit(int rgb, int thing) {
        return Rgb.toHsl(rgb)[2] < 0.25 ? Rgb.mix(thing, 0xFFFFFF, 0.6) : rgb;
    }

    private static int vivid(int rgb) {
        double[] hsl = Rgb.toHsl(rgb);
        return Rgb.ofHsl(hsl[1] < 0.15 ? SKY_HUE : hsl[0], Math.max(0.5, hsl[1]), 0.6);
    }
}
