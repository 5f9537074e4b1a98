package dev.hapax.picturebook.world.shape;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;

/** The forms pictures are made of. Points are given as x, y, x, y, and so on. */
public final class Forms {

    private static final double TUBE_FLATNESS = 0.01;

    private Forms() {}

    /**
     * {@return an upright ellipse}
     *
     * @param x the x of its middle
     * @param y the y of its middle
     * @param rx half its width
     * @param ry half its height
     */
    public static Shape ellipse(double x, double y, double rx, double ry) {
        return new Ellipse2D.Double(x - rx, y - ry, 2 * rx, 2 * ry);
    }

    /**
     * {@return a tilted ellipse}
     *
     * @param x the x of its middle
     * @param y the y of its middle
     * @param rx half its width before the tilt
     * @param ry half its height before the tilt
     * @param degrees the tilt, clockwise
     */
    public static Shape ellipse(double x, double y, double rx, double ry, double degrees) {
        return AffineTransform.getRotateInstance(Math.toRadians(degrees), x, y)
                .createTransformedShape(ellipse(x, y, rx, ry));
    }

    /**
     * {@return a rectangle with round corners}
     *
     * @param x0 left
     * @param y0 top
     * @param x1 right
     * @param y1 bottom
     * @param radius of the corners
     */
    public static Shape box(double x0, double y0, double x1, double y1, double radius) {
        return new RoundRectangle2D.Double(x0, y0, x1 - x0, y1 - y0, 2 * radius, 2 * radius);
    }

    /**
     * {@return a closed form with straight sides}
     *
     * @param points its corners
     */
    public static Shape polygon(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        path.closePath();
        return path;
    }

    /**
     * {@return a closed form without corners}
     *
     * @param points what its edge passes through
     */
    public static Shape blob(double... points) {
        Path2D path = new Path2D.Double();
        int count = points.length / 2;
        path.moveTo(points[0], points[1]);
        for (int i = 0; i < count; i++) {
            bend(path, points, Math.floorMod(i - 1, count), i, (i + 1) % count, (i + 2) % count);
        }
        path.closePath();
        return path;
    }

    /**
     * {@return an open line without corners}
     *
     * @param points what it passes through
     */
    public static Shape curve(double... points) {
        Path2D path = new Path2D.Double();
        int last = points.length / 2 - 1;
        path.moveTo(points[0], points[1]);
        for (int i = 0; i < last; i++) {
            bend(path, points, Math.max(i - 1, 0), i, i + 1, Math.min(i + 2, last));
        }
        return path;
    }

    /**
     * {@return a thick line with round ends}
     *
     * <p>Its edge is flattened: where it bends sharply it would have cusps, along which a stroke can shoot off.
     *
     * @param width how thick
     * @param points what it passes through, in gentle bends
     */
    public static Shape tube(double width, double... points) {
        Shape curved = new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                .createStrokedShape(curve(points));
        Path2D straight = new Path2D.Double(Path2D.WIND_NON_ZERO);
        straight.append(curved.getPathIterator(null, TUBE_FLATNESS * width), false);
        return straight;
    }

    /**
     * {@return a star}
     *
     * @param x the x of its middle
     * @param y the y of its middle
     * @param outer from the middle to its tips
     * @param inner from the middle to its dents
     * @param tips how many tips
     */
    public static Shape star(double x, double y, double outer, double inner, int tips) {
        double[] points = new double[4 * tips];
        for (int i = 0; i < 2 * tips; i++) {
            double angle = Math.PI * i / tips - Math.PI / 2;
            double radius = i % 2 == 0 ? outer : inner;
            points[2 * i] = x + radius * Math.cos(angle);
            points[2 * i + 1] = y + radius * Math.sin(angle);
        }
        return polygon(points);
    }

    /** Goes from b to c as a Catmull-Rom spline that comes from a and leads to d. */
    private static void bend(Path2D path, double[] p, int a, int b, int c, int d) {
        path.curveTo(
                p[2 * b] + (p[2 * c] - p[2 * a]) / 6,
                p[2 * b + 1] + (p[2 * c + 1] - p[2 * a + 1]) / 6,
                p[2 * c] - (p[2 * d] - p[2 * b]) / 6,
                p[2 * c + 1] - (p[2 * d + 1] - p[2 * b + 1]) / 6,
                p[2 * c],
                p[2 * c + 1]);
    }
}
