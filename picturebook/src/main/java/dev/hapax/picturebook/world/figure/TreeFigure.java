package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.blob;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.polygon;

import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A crown on a wooden trunk. */
final class TreeFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double trunk = knobs.feature(5, 10);
        double w = knobs.girth(26, 42);
        double low = 78 - knobs.stature(0, 22);
        double high = 8 + knobs.appendage(0, 12);
        pen.fill(
                polygon(50 - trunk, low - 12, 50 + trunk, low - 12, 50 + trunk * 1.5, 100, 50 - trunk * 1.5, 100),
                Pen.WOOD);
        double h = low - high;
        switch (details.cut()) {
            case POINTED -> {
                for (int i = 2; i >= 0; i--) {
                    double y = high + h * i * 0.24;
                    double half = w * (0.5 + 0.22 * i);
                    pen.body(polygon(50, y, 50 + half, y + h * 0.54, 50 - half, y + h * 0.54));
                }
            }
            case ROUND ->
                pen.body(blob(
                        50,
                        high,
                        50 + w * 0.8,
                        high + h * 0.2,
                        50 + w,
                        high + h * 0.6,
                        50 + w * 0.6,
                        low,
                        50,
                        low - 4,
                        50 - w * 0.6,
                        low,
                        50 - w,
                        high + h * 0.6,
                        50 - w * 0.8,
                        high + h * 0.2));
            case WIDE -> {
                pen.body(ellipse(50 - w * 0.62, low - h * 0.32, w * 0.55, h * 0.32));
                pen.body(ellipse(50 + w * 0.62, low - h * 0.32, w * 0.55, h * 0.32));
                pen.body(ellipse(50, high + h * 0.42, w * 0.66, h * 0.42));
            }
        }
        double[] fruit = {50 - w * 0.42, low - h * 0.22, 50 + w * 0.12, low - h * 0.58, 50 + w * 0.5, low - h * 0.24};
        for (int i = 0; i < details.count(); i++) {
            pen.accent(ellipse(fruit[2 * i], fruit[2 * i + 1], 4.8, 4.8));
        }
        pen.trim(details.trim(), 50, low + 3, 7);
    }
}
