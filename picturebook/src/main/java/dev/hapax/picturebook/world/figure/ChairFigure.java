package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.box;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.polygon;

import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A chair seen from the front. */
final class ChairFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double half = knobs.girth(22, 34);
        double leg = knobs.feature(6, 10);
        double seat = 64 - knobs.stature(0, 14);
        double top = seat - knobs.appendage(30, 50);
        pen.behind(box(50 - half * 0.8, seat, 50 - half * 0.8 + leg * 0.8, 90, 2));
        pen.behind(box(50 + half * 0.8 - leg * 0.8, seat, 50 + half * 0.8, 90, 2));
        switch (details.cut()) {
            case ROUND -> {
                pen.body(box(50 - half * 0.86, top, 50 + half * 0.86, seat + 4, half * 0.7));
                pen.accent(box(50 - half * 0.86 + leg, top + leg, 50 + half * 0.86 - leg, seat - 1, half * 0.5));
            }
            case POINTED -> {
                for (int i = -1; i <= 1; i++) {
                    pen.body(box(
                            50 + i * half * 0.72 - leg * 0.6,
                            top + Math.abs(i) * 4,
                            50 + i * half * 0.72 + leg * 0.6,
                            seat + 4,
                            2));
                }
                pen.body(box(50 - half * 0.9, top + 10, 50 + half * 0.9, top + 20, 3));
            }
            case WIDE -> {
                pen.body(box(50 - half * 0.7, top + 8, 50 - half * 0.7 + leg, seat + 4, 1));
                pen.body(box(50 + half * 0.7 - leg, top + 8, 50 + half * 0.7, seat + 4, 1));
                pen.body(box(50 - half, top, 50 + half, top + 22, 6));
            }
        }
        pen.body(box(50 - half, seat + 4, 50 - half + leg, 100, 2));
        pen.body(box(50 + half - leg, seat + 4, 50 + half, 100, 2));
        pen.body(polygon(
                50 - half * 0.86,
                seat - 3,
                50 + half * 0.86,
                seat - 3,
                50 + half * 1.12,
                seat + 12,
                50 - half * 1.12,
                seat + 12));
        if (details.count() > 1) {
            pen.accent(ellipse(50, seat + 2, half * 0.66, 5));
        }
        if (details.count() > 2) {
            pen.body(box(50 - half + leg, seat + 22, 50 + half - leg, seat + 28, 1));
        }
        pen.trim(details.trim(), 50, top + 14, 7);
    }
}
