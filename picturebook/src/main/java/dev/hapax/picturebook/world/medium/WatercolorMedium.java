package dev.hapax.picturebook.world.medium;

import dev.hapax.picturebook.world.Look;
import dev.hapax.picturebook.world.Rgb;
import dev.hapax.picturebook.world.shape.Drawing;
import dev.hapax.picturebook.world.shape.Finish;
import dev.hapax.picturebook.world.shape.Forms;
import dev.hapax.picturebook.world.shape.Patch;
import java.awt.Color;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.SplittableRandom;

/** Soft uneven washes on white paper, darker where the water dried at the edge. */
final class WatercolorMedium implements Medium {

    private static final int PAPER = 0xFDFBF5;
    private static final int SHADE = 0x4B4A66;
    private static final Shape SHEET = Forms.box(-0.1, -0.1, 1.1, 1.1, 0);

    @Override
    public void backdrop(Brush brush, Drawing backdrop, long seed) {
        brush.fill(SHEET, PAPER);
        for (Patch patch : backdrop.patches()) {
            int wash = Rgb.mix(PAPER, patch.rgb(), 0.62);
            if (patch.finish() == Finish.LINE) {
                brush.trace(patch.shape(), 0.026, wash);
            } else {
                brush.fillDown(patch.shape(), new Color(wash), new Color(Rgb.mix(wash, PAPER, 0.4)));
            }
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 4; i++) {
            double x = (i & 1) + random.nextDouble(-0.12, 0.12);
            double y = (i >> 1) + random.nextDouble(-0.12, 0.12);
            brush.fill(SHEET, blot(x, y, random.nextDouble(0.3, 0.5), PAPER, 1));
        }
        brush.fill(SHEET, blot(random.nextDouble(), random.nextDouble(), 0.35, PAPER, 0.5));
    }

    @Override
    public void figure(Brush brush, Drawing figure, Look look) {
        Rectangle2D bounds = figure.bounds();
        double extent = Math.max(bounds.getWidth(), bounds.getHeight());
        Paint surface = Motif.paint(look, wash(look.rgb()), wash(look.secondRgb()), bounds, brush.size());
        Paint light = blot(
                bounds.getX() + 0.3 * bounds.getWidth(),
                bounds.getY() + 0.3 * bounds.getHeight(),
                0.5 * extent,
                PAPER,
                0.5);
        Paint pool = blot(
                bounds.getX() + 0.7 * bounds.getWidth(),
                bounds.getY() + 0.8 * bounds.getHeight(),
                0.55 * extent,
                deep(look.rgb()),
                0.5);
        for (Patch patch : figure.patches()) {
            if (patch.finish() == Finish.LINE) {
                brush.trace(patch.shape(), 0.021, Rgb.mix(PAPER, patch.rgb(), 0.8));
                continue;
            }
            brush.fill(patch.shape(), patch.patterned() ? surface : new Color(wash(patch.rgb())));
            if (patch.patterned()) {
                brush.fill(patch.shape(), light);
                brush.fill(patch.shape(), pool);
            }
            if (patch.finish() == Finish.OUTLINED) {
                int edge = deep(patch.patterned() ? look.rgb() : patch.rgb());
                brush.trace(patch.shape(), 0.034, edge, 0.22);
                brush.trace(patch.shape(), 0.016, edge, 0.45);
            }
        }
    }

    private static int wash(int rgb) {
        return Rgb.mix(PAPER, rgb, 0.86);
    }

    private static int deep(int rgb) {
        return Rgb.mix(Rgb.scale(rgb, 0.8), SHADE, 0.14);
    }

    private static Paint blot(double x, double y, double radius, int rgb, double opacity) {
        return new RadialGradientPaint((float) x, (float) y, (float) radius, new float[] {0, 1}, new Color[] {
            Brush.color(rgb, opacity), Brush.color(rgb, 0)
        });
    }
}
