package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.star;

import dev.hapax.picturebook.world.Cut;
import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A ball with seams of its own. */
final class BallFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double r = 44;
        double wide = knobs.girth(0.12, 0.34);
        double lean = knobs.appendage(-35, 35);
        pen.body(ellipse(50, 50, r, r));
        if (details.cut() == Cut.POINTED) {
            if (details.count() == 3) {
                pen.accent(ellipse(50, 50, r * 0.8, r * 0.8));
                pen.body(ellipse(50, 50, r * 0.66, r * 0.66));
            }
            pen.accent(star(50, 50, r * knobs.girth(0.45, 0.66), r * knobs.feature(0.22, 0.34), 5));
        } else {
            if (details.count() == 3) {
                pen.fill(ellipse(50, 50, r * 0.99, r * wide * 0.8, lean), Pen.CREAM);
            }
            if (details.cut() == Cut.WIDE) {
                seams(pen, r * knobs.stature(0.5, 0.72), details.count());
                pen.accent(ellipse(50, 50, r * 0.99, r * wide, lean + 90));
            } else {
                pen.accent(ellipse(50, 50, r * wide, r * 0.99, lean));
            }
            double hub = knobs.feature(5, 11);
            pen.fill(ellipse(50, 50, hub, hub), Pen.CREAM);
        }
        pen.trim(details.trim(), 50, 50, 9);
    }

    private static void seams(Pen pen, double inset, int count) {
        if (count == 2) {
            for (int side = -1; side <= 1; side += 2) {
                pen.ink(50 + side * 37, 30, 50 + side * inset, 50, 50 + side * 37, 70);
            }
        }
    }
}
