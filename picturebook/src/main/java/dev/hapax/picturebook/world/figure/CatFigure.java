package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.blob;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.polygon;
import static dev.hapax.picturebook.world.shape.Forms.tube;

import dev.hapax.picturebook.world.Cut;
import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A cat sitting up, its tail curling round one side. */
final class CatFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double w = knobs.girth(19, 31);
        double head = knobs.feature(21, 27);
        double tall = knobs.stature(0, 12);
        double top = 34 - tall;
        double tail = knobs.appendage(0, 16);
        pen.behind(tube(9, 50 + w - 8, 94, 50 + w + 11, 92, 50 + w + 15, 76 - tail / 2, 50 + w + 7, 66 - tail));
        pen.body(blob(
                50 - w * 0.62,
                52,
                50,
                46,
                50 + w * 0.62,
                52,
                50 + w,
                82,
                50 + w * 0.8,
                99,
                50 - w * 0.8,
                99,
                50 - w,
                82));
        pen.marking(ellipse(50, 80, w * 0.46, 15));
        for (int side = -1; side <= 1; side += 2) {
            pen.body(ellipse(50 + side * w * 0.44, 96, w * 0.36, 6));
        }
        ear(pen, knobs, details.cut(), 50 - head * 0.62, top - head * 0.55, -1);
        ear(pen, knobs, details.cut(), 50 + head * 0.62, top - head * 0.55, 1);
        pen.body(ellipse(50, top, head * 1.12, head * 0.92));
        double eye = head * 0.17;
        pen.eye(details.eyes(), 50 - head * 0.48, top - 2, eye);
        pen.eye(details.eyes(), 50 + head * 0.48, top - 2, eye);
        pen.flat(polygon(46, top + head * 0.2, 54, top + head * 0.2, 50, top + head * 0.42), Pen.ROSE);
        pen.ink(
                42,
                top + head * 0.5,
                46,
                top + head * 0.62,
                50,
                top + head * 0.42,
                54,
                top + head * 0.62,
                58,
                top + head * 0.5);
        for (int side = -1; side <= 1; side += 2) {
            pen.ink(50 + side * head * 0.8, top + head * 0.3, 50 + side * head * 1.5, top + head * 0.15);
        }
        pen.trim(details.trim(), 50, top + head * 1.05, 7);
    }

    private static void ear(Pen pen, Knobs knobs, Cut cut, double x, double y, int side) {
        double tall = knobs.appendage(13, 27);
        double tip = cut == Cut.WIDE ? x + side * 12 : x + side * 4;
        if (cut == Cut.ROUND) {
            pen.body(blob(
                    x - side * 9,
                    y + 4,
                    x - side * 2,
                    y - tall * 0.8,
                    x + side * 6,
                    y - tall * 0.7,
                    x + side * 12,
                    y + 12));
            pen.marking(ellipse(x + side * 2, y - tall * 0.15, 4.5, tall * 0.34));
            return;
        }
        pen.body(polygon(x - side * 11, y + 6, tip, y - tall, x + side * 11, y + 14));
        pen.marking(polygon(x - side * 5, y + 4, tip - side, y - tall * 0.55, x + side * 6, y + 8));
    }
}
