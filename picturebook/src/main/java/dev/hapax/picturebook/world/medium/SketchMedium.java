package dev.hapax.picturebook.world.medium;

import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Look;
import dev.hapax.picturebook.world.Pattern;
import dev.hapax.picturebook.world.Rgb;
import dev.hapax.picturebook.world.shape.Drawing;
import dev.hapax.picturebook.world.shape.Finish;
import dev.hapax.picturebook.world.shape.Patch;
import java.awt.Color;
import java.awt.Paint;
import java.awt.geom.Rectangle2D;

/** Colored pencil on paper: a doubled outline, hatching for the main tone, a faint background. */
final class SketchMedium implements Medium {

    private static final int PAPER = 0xFBF8EF;
    private static final int GRAPHITE = 0x4A4856;
    private static final double LINE = 0.021;
    private static final double SLIP = 0.011;

    @Override
    public void backdrop(Brush brush, Drawing backdrop, long seed) {
        for (Patch patch : backdrop.patches()) {
            int faint = Rgb.mix(PAPER, patch.rgb(), 0.2);
            if (patch.finish() != Finish.LINE) {
                brush.fill(patch.shape(), faint);
            }
            brush.trace(patch.shape(), LINE, Rgb.mix(Rgb.mix(faint, patch.rgb(), 0.25), GRAPHITE, 0.22));
        }
    }

    @Override
    public void figure(Brush brush, Drawing figure, Look look) {
        int pencil = pencil(look.rgb());
        Paint surface = surface(brush, figure, look);
        for (Patch patch : figure.patches()) {
            if (patch.finish() == Finish.LINE) {
                brush.trace(patch.shape(), LINE, Rgb.mix(patch.rgb(), pencil, 0.4));
                continue;
            }
            Paint paint = patch.patterned()
                    ? surface
                    : new Color(Rgb.mix(PAPER, patch.rgb(), patch.finish() == Finish.FLAT ? 0.85 : 0.5));
            brush.fill(patch.shape(), paint);
            if (patch.finish() == Finish.OUTLINED) {
                brush.trace(patch.shape(), LINE, pencil);
                brush.shift(SLIP, SLIP * 0.6);
                brush.trace(patch.shape(), LINE * 0.6, pencil, 0.4);
                brush.shift(-SLIP, -SLIP * 0.6);
            }
        }
    }

    private static Paint surface(Brush brush, Drawing figure, Look look) {
        int light = Rgb.mix(PAPER, look.rgb(), 0.4);
        int strong = Rgb.mix(PAPER, look.rgb(), 0.8);
        if (look.pattern() != Pattern.PLAIN) {
            return Motif.paint(look, strong, Rgb.mix(PAPER, look.secondRgb(), 0.45), figure.bounds(), brush.size());
        }
        Details slanted = new Details(
                look.details().cut(), look.details().eyes(), look.details().trim(), 3);
        Look hatched = new Look(look.color(), look.rgb(), look.secondRgb(), Pattern.STRIPED, look.knobs(), slanted);
        Rectangle2D cell = new Rectangle2D.Double(0, 0, 0.3, 0.3);
        return Motif.paint(hatched, light, strong, cell, brush.size());
    }

    private static int pencil(int rgb) {
        double[] hsl = Rgb.toHsl(rgb);
        return hsl[2] > 0.9 ? Rgb.mix(rgb, GRAPHITE, 0.5) : Rgb.mix(rgb, GRAPHITE, hsl[2] * 0.45);
    }
}
