package dev.hapax.picturebook.world.shape;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.Objects;

/**
 * One piece of a drawing, still without the hand that draws it.
 *
 * @param shape its form
 * @param rgb its color, 0xRRGGBB
 * @param finish what is done with the form
 * @param patterned whether the pattern of the thing covers it
 */
public record Patch(Shape shape, int rgb, Finish finish, boolean patterned) {

    /** Checks the parts. */
    public Patch {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(finish, "finish");
    }

    /**
     * {@return this patch elsewhere}
     *
     * @param transform how to move, scale or turn it
     */
    public Patch transformed(AffineTransform transform) {
        return new Patch(transform.createTransformedShape(shape), rgb, finish, patterned);
    }
}
