package dev.hapax.evaluation.report;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Named points on a plane, colored by a value; some are marked by a rhombus.
 *
 * @param points at least one
 * @param valueName what the colors mean, with its unit
 */
public record PointMap(List<Point> points, String valueName) {
    private static final int WIDTH = 900; // pixels
    private static final int HEIGHT = 640;
    private static final int MARGIN = 60;
    private static final int SCALE = 60; // height of what explains the colors
    private static final int RADIUS = 6;

    /**
     * A point.
     *
     * @param name beside it
     * @param x to the right
     * @param y upwards
     * @param value that colors it
     * @param marked whether it is a rhombus with its name in another color, such as a learned word
     */
    public record Point(String name, double x, double y, double value, boolean marked) {}

    /** Puts the marked points on top and checks that there is one. */
    public PointMap {
        points = points.stream().sorted(Comparator.comparing(Point::marked)).toList();
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a map needs at least one point");
        }
    }

    /** Draws it. */
    public BufferedImage image() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT + SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = Palette.on(image);
        double low = points.stream().mapToDouble(Point::value).min().orElse(0);
        double high = points.stream().mapToDouble(Point::value).max().orElse(1);
        List<Rectangle> taken = new ArrayList<>();
        for (Point point : points) {
            taken.add(new Rectangle(across(point) - RADIUS, down(point) - RADIUS, 2 * RADIUS, 2 * RADIUS));
        }
        for (Point point : points) {
            graphics.setColor(Palette.color(point.value(), low, high));
            graphics.fill(shape(point));
            graphics.setColor(point.marked() ? Palette.LEARNED : Palette.SOFT);
            graphics.draw(shape(point));
        }
        points.forEach(point -> label(graphics, point, taken));
        Palette.scale(graphics, MARGIN, HEIGHT + 10, valueName, low, high);
        graphics.dispose();
        return image;
    }

    private static java.awt.Shape round(int x, int y) {
        return new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS);
    }

    private java.awt.Shape shape(Point point) {
        int x = across(point);
        int y = down(point);
        if (!point.marked()) {
            return round(x, y);
        }
        Path2D rhombus = new Path2D.Double();
        rhombus.moveTo(x, y - RADIUS - 2);
        rhombus.lineTo(x + RADIUS + 2, y);
        rhombus.lineTo(x, y + RADIUS + 2);
        rhombus.lineTo(x - RADIUS - 2, y);
        rhombus.closePath();
        return rhombus;
    }

    /** A name goes right of its point, or left, above or below, wherever it covers nothing first; within the map in any case. */
    private void label(Graphics2D graphics, Point point, List<Rectangle> taken) {
        graphics.setFont(Palette.font(point.marked()));
        int width = graphics.getFontMetrics().stringWidth(point.name());
        int height = graphics.getFontMetrics().getAscent();
        int x = across(point);
        int y = down(point);
        int away = RADIUS + 5;
        List<Rectangle> places = List.of(
                new Rectangle(x + away, y - height / 2, width, height),
                new Rectangle(x - away - width, y - height / 2, width, height),
                new Rectangle(x - width / 2, y - away - height, width, height),
                new Rectangle(x - width / 2, y + away, width, height));
        List<Rectangle> within = places.stream()
                .filter(each -> each.x >= 0 && each.x + each.width <= WIDTH)
                .toList();
        Rectangle place = within.stream()
                .filter(each -> taken.stream().noneMatch(each::intersects))
                .findFirst()
                .orElse(within.isEmpty() ? places.get(0) : within.get(0));
        taken.add(place);
        graphics.setColor(point.marked() ? Palette.LEARNED : Palette.INK);
        graphics.drawString(point.name(), place.x, place.y + height - 2);
    }

    private int across(Point point) {
        double low = points.stream().mapToDouble(Point::x).min().orElse(0);
        double high = points.stream().mapToDouble(Point::x).max().orElse(0);
        return MARGIN + (int) Math.round(share(point.x(), low, high) * (WIDTH - 2 * MARGIN));
    }

    private int down(Point point) {
        double low = points.stream().mapToDouble(Point::y).min().orElse(0);
        double high = points.stream().mapToDouble(Point::y).max().orElse(0);
        return HEIGHT - MARGIN - (int) Math.round(share(point.y(), low, high) * (HEIGHT - 2 * MARGIN));
    }

    private static double share(double value, double low, double high) {
        return high > low ? (value - low) / (high - low) : 0.5;
    }
}
