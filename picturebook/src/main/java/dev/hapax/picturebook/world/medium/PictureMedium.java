package dev.hapax.picturebook.world.medium;

import dev.hapax.picturebook.world.Look;
import dev.hapax.picturebook.world.Rgb;
import dev.hapax.picturebook.world.shape.Drawing;
import dev.hapax.picturebook.world.shape.Finish;
import dev.hapax.picturebook.world.shape.Patch;
import java.awt.Paint;

/** Flat gouache with a dark outline that takes up the color of the thing, softly lit from above. */
final class PictureMedium implements Medium {

    private static final int INK = 0x2A2438;
    private static final double OUTLINE = 0.023;

    @Override
    public void backdrop(Brush brush, Drawing backdrop, long seed) {
        for (Patch patch : backdrop.patches()) {
            switch (patch.finish()) {
                case OUTLINED ->
                    brush.fillDown(
                            patch.shape(),
                            Brush.color(Rgb.mix(patch.rgb(), 0xFFFFFF, 0.16), 1),
                            Brush.color(Rgb.scale(patch.rgb(), 0.93), 1));
                case FLAT -> brush.fill(patch.shape(), patch.rgb());
                case LINE -> brush.trace(patch.shape(), 0.02, patch.rgb());
            }
        }
    }

    @Override
    public void figure(Brush brush, Drawing figure, Look look) {
        int outline = Rgb.mix(look.rgb(), INK, 0.74);
        Paint surface = Motif.paint(look, look.rgb(), look.secondRgb(), figure.bounds(), brush.size());
        for (Patch patch : figure.patches()) {
            if (patch.finish() == Finish.LINE) {
                brush.trace(patch.shape(), OUTLINE * 0.9, patch.rgb());
                continue;
            }
            if (patch.finish() == Finish.OUTLINED) {
                brush.trace(patch.shape(), 2 * OUTLINE, outline);
            }
            if (!patch.patterned()) {
                brush.fill(patch.shape(), patch.rgb());
                continue;
            }
            brush.fill(patch.shape(), surface);
            brush.fillDown(patch.shape(), Brush.color(0xFFFFFF, 0.2), Brush.color(INK, 0.16));
        }
    }
}
