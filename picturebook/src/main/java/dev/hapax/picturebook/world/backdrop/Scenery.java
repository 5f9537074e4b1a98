package dev.hapax.picturebook.world.backdrop;

import dev.hapax.picturebook.world.shape.Drawing;
import dev.hapax.picturebook.world.shape.Finish;
import dev.hapax.picturebook.world.shape.Forms;
import dev.hapax.picturebook.world.shape.Patch;
import java.awt.Shape;
import java.util.ArrayList;
import java.util.List;

/** Collects the patches of a background, from back to front. */
final class Scenery {

    private static final double BLEED = 0.1;

    private final List<Patch> patches = new ArrayList<>();

    Drawing drawing() {
        return new Drawing(patches);
    }

    /** Fills all from a height down to the lower edge. */
    void zone(double y, int rgb) {
        solid(Forms.box(-BLEED, y, 1 + BLEED, 1 + BLEED, 0), rgb);
    }

    /** Fills all below a rolling line, given by its heights at equal steps from left to right. */
    void hills(int rgb, double... heights) {
        double[] points = new double[2 * heights.length + 4];
        for (int i = 0; i < heights.length; i++) {
            points[2 * i] = -BLEED + (1 + 2 * BLEED) * i / (heights.length - 1);
            points[2 * i + 1] = heights[i];
        }
        int end = 2 * heights.length;
        points[end] = 1 + 2 * BLEED;
        points[end + 1] = 1 + 2 * BLEED;
        points[end + 2] = -2 * BLEED;
        points[end + 3] = 1 + 2 * BLEED;
        solid(Forms.blob(points), rgb);
    }

    void solid(Shape shape, int rgb) {
        patches.add(new Patch(shape, rgb, Finish.OUTLINED, false));
    }

    void soft(Shape shape, int rgb) {
        patches.add(new Patch(shape, rgb, Finish.FLAT, false));
    }

    void line(int rgb, double... points) {
        patches.add(new Patch(Forms.curve(points), rgb, Finish.LINE, false));
    }
}
