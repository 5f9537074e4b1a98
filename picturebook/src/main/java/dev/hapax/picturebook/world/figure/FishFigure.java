package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.blob;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.polygon;

import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A fish swimming to the left. */
final class FishFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double w = knobs.girth(30, 36);
        double h = knobs.girth(17, 29) + knobs.stature(0, 5);
        double tail = knobs.appendage(14, 26);
        double fin = knobs.feature(6, 18);
        double right = 42 + w;
        switch (details.cut()) {
            case POINTED ->
                pen.accent(polygon(
                        right - 8, 50, right + tail, 50 - tail, right + tail * 0.55, 50, right + tail, 50 + tail));
            case ROUND ->
                pen.accent(blob(
                        right - 8,
                        50,
                        right + tail * 0.7,
                        50 - tail,
                        right + tail,
                        50 - tail * 0.3,
                        right + tail * 0.6,
                        50,
                        right + tail,
                        50 + tail * 0.3,
                        right + tail * 0.7,
                        50 + tail));
            case WIDE ->
                pen.accent(polygon(right - 8, 50, right + tail * 0.8, 50 - tail, right + tail * 0.8, 50 + tail));
        }
        pen.accent(blob(30, 56 - h, 44, 50 - h - fin, 60, 52 - h - fin * 0.6, 62, 58 - h));
        if (details.count() > 1) {
            pen.accent(blob(38, 46 + h, 46, 50 + h + fin * 0.6, 56, 50 + h + fin * 0.5, 54, 44 + h));
        }
        pen.body(ellipse(42, 50, w, h));
        pen.ink(34, 52 - h * 0.7, 38, 50, 34, 48 + h * 0.7);
        pen.accent(blob(46, 50, 58, 46, 60, 56, 50, 60));
        pen.eye(details.eyes(), 22, 45, 4.6);
        pen.ink(11, 57, 16, 60, 21, 58);
        pen.trim(details.trim(), 54, 54 - h * 0.9, 6);
    }
}
