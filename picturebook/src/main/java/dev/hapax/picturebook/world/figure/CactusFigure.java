package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.box;
import static dev.hapax.picturebook.world.shape.Forms.polygon;
import static dev.hapax.picturebook.world.shape.Forms.star;
import static dev.hapax.picturebook.world.shape.Forms.tube;

import dev.hapax.picturebook.world.Cut;
import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A cactus with arms, in a pot. */
final class CactusFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double w = knobs.girth(11, 18);
        double top = 26 - knobs.stature(0, 22);
        double arm = knobs.appendage(10, 26);
        double thick = knobs.feature(9, 14);
        if (details.cut() != Cut.POINTED) {
            pen.body(tube(thick, 50, 58, 50 - w - 11, 57, 50 - w - 13, 54 - arm));
        }
        if (details.cut() != Cut.ROUND) {
            pen.body(tube(thick, 50, 50, 50 + w + 11, 49, 50 + w + 13, 46 - arm));
        }
        pen.body(box(50 - w, top, 50 + w, 84, w));
        for (int i = 0; i < details.count(); i++) {
            double y = top + 20 + i * 16;
            pen.line(Pen.CREAM, 50 - w * 0.4, y, 50, y + 5, 50 + w * 0.4, y);
        }
        if (details.count() == 3) {
            pen.fill(star(50, top - 1, 10, 5, 6), Pen.ROSE);
        }
        pen.accent(polygon(28, 78, 72, 78, 66, 100, 34, 100));
        pen.accent(box(25, 72, 75, 82, 3));
        pen.trim(details.trim(), 50, 90, 6.5);
    }
}
