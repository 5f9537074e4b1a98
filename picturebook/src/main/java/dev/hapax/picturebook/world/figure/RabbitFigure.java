package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.box;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.tube;

import dev.hapax.picturebook.world.Cut;
import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A rabbit sitting up, ears high. */
final class RabbitFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double w = knobs.girth(18, 28);
        double ear = knobs.appendage(18, 36);
        double head = knobs.feature(17, 22);
        double hy = 54 - knobs.stature(0, 10);
        pen.fill(ellipse(50 - w - 2, 88, 9, 9), Pen.CREAM);
        for (int side = -1; side <= 1; side += 2) {
            double x = 50 + side * 10;
            boolean folded = details.cut() == Cut.WIDE && side == 1;
            double lean = details.cut() == Cut.POINTED ? side * 4 : side * 14;
            double half = details.cut() == Cut.ROUND ? 8.5 : 6.5;
            if (folded) {
                pen.body(tube(13, x, hy - head * 0.7, x + 5, hy - head - ear * 0.55, x + 19, hy - head - ear * 0.3));
            } else {
                pen.body(ellipse(x + lean * 0.3, hy - head * 0.6 - ear * 0.75, half, ear, lean));
                pen.marking(ellipse(x + lean * 0.3, hy - head * 0.6 - ear * 0.75, half * 0.45, ear * 0.7, lean));
            }
        }
        pen.body(ellipse(50, 82, w, 19));
        pen.marking(ellipse(50, 86, w * 0.5, 12));
        pen.body(ellipse(50 - w * 0.6, 98, 11, 5.5));
        pen.body(ellipse(50 + w * 0.6, 98, 11, 5.5));
        pen.body(ellipse(50, hy, head * 1.02, head));
        pen.eye(details.eyes(), 50 - head * 0.45, hy - 2, 3.8);
        pen.eye(details.eyes(), 50 + head * 0.45, hy - 2, 3.8);
        pen.flat(ellipse(50, hy + head * 0.28, 3.6, 2.8), Pen.ROSE);
        pen.fill(box(46.5, hy + head * 0.48, 53.5, hy + head * 0.9, 1), Pen.CREAM);
        pen.trim(details.trim(), 50, hy + head + 4, 7);
    }
}
