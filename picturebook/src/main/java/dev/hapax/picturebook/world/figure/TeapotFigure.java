package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.blob;
import static dev.hapax.picturebook.world.shape.Forms.box;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.polygon;
import static dev.hapax.picturebook.world.shape.Forms.tube;

import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A teapot, its spout to the right. */
final class TeapotFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double w = knobs.girth(25, 34);
        double h = knobs.stature(20, 30);
        double y = 96 - h;
        double spout = knobs.appendage(12, 24);
        double knob = knobs.feature(4, 7.5);
        pen.behind(tube(
                7,
                50 - w * 0.7,
                y - h * 0.55,
                44 - w - 8,
                y - h * 0.4,
                44 - w - 6,
                y + h * 0.35,
                50 - w * 0.7,
                y + h * 0.55));
        pen.behind(polygon(
                46 + w * 0.8,
                y + h * 0.5,
                46 + w * 0.8,
                y - 2,
                48 + w + spout * 0.7,
                y - h * 0.8 - 4,
                56 + w + spout * 0.8,
                y - h * 0.8));
        switch (details.cut()) {
            case ROUND -> pen.body(ellipse(50, y, w, h));
            case POINTED ->
                pen.body(blob(
                        50 - w * 0.5,
                        y - h,
                        50 + w * 0.5,
                        y - h,
                        50 + w,
                        y + h * 0.6,
                        50 + w * 0.6,
                        y + h,
                        50 - w * 0.6,
                        y + h,
                        50 - w,
                        y + h * 0.6));
            case WIDE -> pen.body(box(50 - w, y - h, 50 + w, y + h, 11));
        }
        pen.accent(blob(
                50 - w * 0.62,
                y - h * 0.8,
                50 - w * 0.45,
                y - h - 5,
                50,
                y - h - 8,
                50 + w * 0.45,
                y - h - 5,
                50 + w * 0.62,
                y - h * 0.8));
        pen.body(ellipse(50, y - h - 8 - knob * 0.8, knob, knob));
        pen.accent(box(50 - w * 0.55, y + h - 4, 50 + w * 0.55, y + h + 4, 3));
        if (details.count() == 3) {
            pen.marking(ellipse(50, y + 4, w * 0.5, h * 0.42));
        }
        pen.trim(details.trim(), 50, y + 5, 8);
    }
}
