package dev.hapax.picturebook.world.medium;

import dev.hapax.picturebook.world.Look;
import dev.hapax.picturebook.world.Rgb;
import dev.hapax.picturebook.world.shape.Drawing;
import dev.hapax.picturebook.world.shape.Finish;
import dev.hapax.picturebook.world.shape.Patch;
import java.awt.Color;
import java.awt.Paint;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** Little stone tiles: whole ones for the background, cut to shape for the things, which are set in dark mortar. */
final class MosaicMedium implements Medium {

    private static final int MORTAR = 0x35302F;
    private static final double JOINT = 0.018;

    @Override
    public void backdrop(Brush brush, Drawing backdrop, long seed) {
        for (Patch patch : backdrop.patches()) {
            if (patch.finish() == Finish.LINE) {
                brush.trace(patch.shape(), JOINT, patch.rgb());
            } else {
                brush.fill(patch.shape(), patch.rgb());
            }
        }
        new Tiling(brush.image()).average();
    }

    @Override
    public void figure(Brush brush, Drawing figure, Look look) {
        Paint surface = Motif.paint(look, look.rgb(), look.secondRgb(), figure.bounds(), brush.size());
        int joint = Rgb.mix(look.rgb(), MORTAR, 0.6);
        for (Patch patch : figure.patches()) {
            if (patch.finish() == Finish.LINE) {
                brush.trace(patch.shape(), 1.2 * JOINT, patch.rgb());
                continue;
            }
            if (patch.finish() == Finish.OUTLINED) {
                brush.trace(patch.shape(), 2 * JOINT, joint);
            }
            brush.fill(patch.shape(), patch.patterned() ? surface : new Color(patch.rgb()));
        }
    }

    @Override
    public void finish(BufferedImage image, long seed) {
        new Tiling(image).shade(new SplittableRandom(seed));
    }
}
