package dev.hapax.app.demo;

import dev.hapax.run.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The loss over the steps as a drawing in SVG: each step faintly, and their running mean. */
final class LossCurve {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 200;
    private static final int MARGIN = 36;
    private static final int WINDOW = 25; // steps of the running mean

    private LossCurve() {}

    static String svg(List<Metric> metrics) {
        List<Double> losses = metrics.stream().map(Metric::total).toList();
        List<Double> means = new ArrayList<>();
        for (int i = 0; i < losses.size(); i++) {
            means.add(losses.subList(Math.max(0, i - WINDOW + 1), i + 1).stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElse(0));
        }
        double most = losses.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg class=\"curve\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"The loss over %d steps\">",
                WIDTH,
                HEIGHT,
                losses.size()));
        for (int i = 0; i <= 2; i++) {
            double value = most * i / 2;
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text x=\"%d\" y=\"%.1f\""
                            + " text-anchor=\"end\">%.2f</text>",
                    MARGIN,
                    WIDTH,
                    y(value, most),
                    y(value, most),
                    MARGIN - 6,
                    y(value, most) + 4,
                    value));
        }
        svg.append(path("each", losses, most)).append(path("mean", means, most));
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\">step 1</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">step %d</text></svg>",
                MARGIN,
                HEIGHT - 4,
                WIDTH,
                HEIGHT - 4,
                losses.size()));
        return svg.toString();
    }

    private static String path(String kind, List<Double> values, double most) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            double x = MARGIN + (double) (WIDTH - MARGIN) * i / Math.max(1, values.size() - 1);
            points.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x, y(values.get(i), most)));
        }
        return "<path class=\"" + kind + "\" d=\"" + points + "\"/>";
    }

    private static double y(double value, double most) {
        double low = HEIGHT - 24.0;
        return low - (low - 10) * value / Math.max(most, 1e-12);
    }
}
