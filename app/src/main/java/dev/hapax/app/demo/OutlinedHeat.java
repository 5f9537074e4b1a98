package dev.hapax.app.demo;

import dev.hapax.evaluation.protocol.PairScene;
import dev.hapax.evaluation.report.HeatPicture;
import dev.hapax.measure.HeatMap;
import dev.hapax.measure.PixelMask;
import java.awt.image.BufferedImage;

/** A heat map laid over its picture, with the outline of the true thing. */
final class OutlinedHeat {
    /** Width and height of such a picture. */
    static final int SIDE = 384;

    private static final int OUTLINE = 0xFFFFFF;
    private static final int SHADOW = 0x1E1B18;

    private OutlinedHeat() {}

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
        BufferedImage canvas = HeatPicture.of(picture, map, SIDE);
        outline(canvas, truth, 3, SHADOW);
        outline(canvas, truth, 1, OUTLINE);
        return canvas;
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
}
