package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.blob;
import static dev.hapax.picturebook.world.shape.Forms.box;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.polygon;

import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A car driving to the right. */
final class CarFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double wheel = knobs.feature(10, 15);
        double cabin = knobs.appendage(18, 32);
        double half = knobs.girth(40, 50);
        double hood = 62 - knobs.stature(0, 8);
        double roof = hood - cabin;
        switch (details.cut()) {
            case ROUND ->
                pen.body(blob(
                        50 - half * 0.72,
                        hood + 3,
                        50 - half * 0.4,
                        roof + 5,
                        48,
                        roof,
                        50 + half * 0.3,
                        roof + 5,
                        50 + half * 0.62,
                        hood + 3));
            case POINTED ->
                pen.body(polygon(
                        50 - half * 0.66,
                        hood + 2,
                        50 - half * 0.44,
                        roof,
                        50 + half * 0.16,
                        roof,
                        50 + half * 0.6,
                        hood + 2));
            case WIDE -> pen.body(box(50 - half * 0.95, roof, 50 + half * 0.42, hood + 12, 6));
        }
        pen.fill(box(50 - half * 0.36, roof + 6, 50 - 3, hood, 3), Pen.GLASS);
        pen.fill(box(50 + 2, roof + 6, 50 + half * 0.3, hood, 3), Pen.GLASS);
        pen.body(blob(
                50 - half,
                hood + 3,
                50 - half * 0.6,
                hood,
                50 + half * 0.5,
                hood,
                50 + half,
                hood + 9,
                50 + half,
                86,
                50 - half,
                86));
        pen.fill(ellipse(50 + half - 4, hood + 12, 4.5, 4.5), Pen.GOLD);
        if (details.count() > 1) {
            pen.marking(box(50 - half + 7, 74, 50 + half - 7, 80, 2));
        }
        for (double x : new double[] {50 - half * 0.56, 50 + half * 0.56}) {
            pen.fill(ellipse(x, 100 - wheel, wheel, wheel), 0x4A4654);
            pen.accent(ellipse(x, 100 - wheel, wheel * 0.48, wheel * 0.48));
        }
        pen.trim(details.trim(), 50, 70, 7.5);
    }
}
