package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.blob;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.polygon;

import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A bird on two thin legs, looking right. */
final class BirdFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double w = knobs.girth(24, 33);
        double h = knobs.girth(19, 27);
        double leg = knobs.stature(6, 24);
        double tail = knobs.appendage(10, 30);
        double beak = knobs.feature(9, 22);
        double y = 90 - leg - h;
        double hx = 50 + w * 0.72;
        double hy = y - h * 0.75;
        pen.ink(44, y + h - 2, 43, 98, 50, 99);
        pen.ink(56, y + h - 2, 57, 98, 64, 99);
        switch (details.cut()) {
            case POINTED -> pen.behind(polygon(50 - w * 0.7, y - 6, 48 - w - tail, y - 16, 50 - w * 0.7, y + 9));
            case ROUND -> pen.behind(ellipse(50 - w - tail * 0.35, y - 5, tail * 0.7 + 4, 8, 20));
            case WIDE ->
                pen.behind(
                        polygon(50 - w * 0.7, y - 5, 48 - w - tail, y - 20, 52 - w - tail, y + 8, 50 - w * 0.7, y + 9));
        }
        pen.body(ellipse(50, y, w, h));
        pen.fill(polygon(hx + 11, hy - 6, hx + 13 + beak, hy + 2, hx + 10, hy + 8), 0xF5A524);
        pen.body(ellipse(hx, hy, 16, 15.5));
        if (details.count() > 1) {
            pen.accent(blob(hx - 8, hy - 13, hx - 11, hy - 25, hx - 2, hy - 21, hx + 3, hy - 27, hx + 5, hy - 13));
        }
        pen.accent(blob(52, y - 8, 62, y + 2, 46, y + h * 0.62, 44 - w * 0.75, y + 6, 36, y - 6));
        pen.eye(details.eyes(), hx + 5, hy - 2, 3.8);
        pen.trim(details.trim(), hx - 3, hy + 17, 6.5);
    }
}
