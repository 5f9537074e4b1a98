package dev.hapax.vision.detect;

/**
 * An upright rectangle in a picture whose sides run from 0 to 1, y downwards.
 *
 * @param left edge, may lie outside of the picture
 * @param top edge
 * @param right edge, not left of {@code left}
 * @param bottom edge, not above {@code top}
 */
public record Box(double left, double top, double right, double bottom) {

    /** Checks that the edges are in order. */
    public Box {
        if (!(left <= right && top <= bottom)) {
            throw new IllegalArgumentException("the edges of a box must be left <= right and top <= bottom, got " + left
                    + "," + top + "," + right + "," + bottom);
        }
    }

    /** A box by its centre, width and height, as DETR predicts them. */
    public static Box centred(double x, double y, double width, double height) {
        return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
    }

    /**
     * A box of COCO's annotations, which count in pixels: its upper left corner, width and height. What leaves the
     * picture is cut off.
     *
     * @param pictureWidth of the picture, in pixels
     * @param pictureHeight of the picture, in pixels
     */
    public static Box ofCoco(double x, double y, double width, double height, int pictureWidth, int pictureHeight) {
        return new Box(
                cut(x, pictureWidth),
                cut(y, pictureHeight),
                cut(x + width, pictureWidth),
                cut(y + height, pictureHeight));
    }

    private static double cut(double pixels, int size) {
        return Math.max(0, Math.min(pixels, size)) / size;
    }

    /** The horizontal middle. */
    public double centreX() {
        return (left + right) / 2;
    }

    /** The vertical middle. */
    public double centreY() {
        return (top + bottom) / 2;
    }

    /** The horizontal extent. */
    public double width() {
        return right - left;
    }

    /** The vertical extent. */
    public double height() {
        return bottom - top;
    }

    /** The part of the picture that it covers, if it lies within. */
    public double area() {
        return width() * height();
    }

    /** The same box in units of which a picture has so many: pixels, or cells of an attention map. */
    public Box times(double across, double down) {
        return new Box(left * across, top * down, right * across, bottom * down);
    }

    /** The same box in a picture that is mirrored from left to right. */
    public Box mirrored() {
        return new Box(1 - right, top, 1 - left, bottom);
    }

    /** The part of it that lies within the picture; without area if none does. */
    public Box inside() {
        return new Box(inside(left), inside(top), inside(right), inside(bottom));
    }

    private static double inside(double edge) {
        return Math.max(0, Math.min(edge, 1));
    }

    /** Intersection over union (Jaccard 1901), in [0, 1]; 0 for two boxes without area. */
    public double overlap(Box other) {
        double across = Math.min(right, other.right) - Math.max(left, other.left);
        double down = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        double both = Math.max(0, across) * Math.max(0, down);
        double any = area() + other.area() - both;
        return any > 0 ? both / any : 0;
    }
}
