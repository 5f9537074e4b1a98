package dev.hapax.picturebook.world.shape;

import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Patches, from back to front.
 *
 * @param patches the patches
 */
public record Drawing(List<Patch> patches) {

    private static final double FLATNESS_SHARE = 0.005;

    /** Checks that there is something to see. */
    public Drawing {
        patches = List.copyOf(patches);
        if (patches.isEmpty()) {
            throw new IllegalArgumentException("an empty drawing");
        }
    }

    /**
     * {@return this drawing elsewhere}
     *
     * @param transform how to move, scale or turn it
     */
    public Drawing transformed(AffineTransform transform) {
        return new Drawing(
                patches.stream().map(patch -> patch.transformed(transform)).toList());
    }

    /** {@return the tight bounds of all shapes, without the width of lines} */
    public Rectangle2D bounds() {
        Rectangle2D rough = patches.get(0).shape().getBounds2D();
        double flatness = FLATNESS_SHARE * Math.max(rough.getWidth(), rough.getHeight());
        Rectangle2D tight = null;
        double[] at = new double[6];
        for (Patch patch : patches) {
            for (PathIterator i = patch.shape().getPathIterator(null, flatness); !i.isDone(); i.next()) {
                if (i.currentSegment(at) == PathIterator.SEG_CLOSE) {
                    continue;
                }
                if (tight == null) {
                    tight = new Rectangle2D.Double(at[0], at[1], 0, 0);
                }
                tight.add(at[0], at[1]);
            }
        }
        return tight;
    }
}
