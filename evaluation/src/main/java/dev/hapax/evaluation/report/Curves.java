package dev.hapax.evaluation.report;

import java.util.List;

/**
 * How something changes, such as editability over training steps.
 *
 * @param name unlike those of the other curves of the report
 * @param text what they show, may be empty
 * @param xName what runs along the bottom, with its unit
 * @param yName what runs upwards, with its unit
 * @param series with distinct names, at most {@value #MOST}
 */
public record Curves(String name, String text, String xName, String yName, List<Series> series) {
    /** As many as can be told apart by color. */
    public static final int MOST = 8;

    /** Keeps a copy, and checks names and number. */
    public Curves {
        series = List.copyOf(series);
        Report.requireDistinct(
                "curves of " + name, series.stream().map(Series::name).toList());
        if (series.isEmpty() || series.size() > MOST) {
            throw new IllegalArgumentException(name + " has " + series.size() + " curves; 1 to " + MOST
                    + " can be told apart, draw the others apart");
        }
    }

    /**
     * One curve.
     *
     * @param name for the legend
     * @param points at least one, in the order in which they are joined
     */
    public record Series(String name, List<Point> points) {
        /** Keeps a copy. */
        public Series {
            points = List.copyOf(points);
            if (points.isEmpty()) {
                throw new IllegalArgumentException("the curve " + name + " has no points");
            }
        }
    }

    /**
     * A point of a curve.
     *
     * @param x finite
     * @param y finite
     */
    public record Point(double x, double y) {
        /** Checks that they are finite. */
        public Point {
            if (!Double.isFinite(x) || !Double.isFinite(y)) {
                throw new IllegalArgumentException("a point of a curve is finite, got (" + x + ", " + y + ")");
            }
        }
    }
}
