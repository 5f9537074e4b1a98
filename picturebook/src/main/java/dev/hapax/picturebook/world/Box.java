package dev.hapax.picturebook.world;

/**
 * An upright rectangle in a picture whose sides run from 0 to 1, y downwards.
 *
 * @param x0 left edge
 * @param y0 top edge
 * @param x1 right edge
 * @param y1 bottom edge
 */
public record Box(double x0, double y0, double x1, double y1) {

    /** Checks that the edges are in order. */
    public Box {
        if (!(x0 <= x1 && y0 <= y1)) {
            throw new IllegalArgumentException("edges out of order: " + x0 + " " + y0 + " " + x1 + " " + y1);
        }
    }

    /** {@return the middle between left and right} */
    public double centerX() {
        return (x0 + x1) / 2;
    }

    /** {@return the middle between top and bottom} */
    public double centerY() {
        return (y0 + y1) / 2;
    }

    /** {@return the horizontal extent} */
    public double width() {
        return x1 - x0;
    }

    /** {@return the vertical extent} */
    public double height() {
        return y1 - y0;
    }
}
