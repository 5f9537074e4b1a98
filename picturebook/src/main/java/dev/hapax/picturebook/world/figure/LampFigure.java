package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.box;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.polygon;

import dev.hapax.picturebook.world.Cut;
import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A lamp with a wide shade. */
final class LampFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double low = knobs.girth(26, 38);
        double high = details.cut() == Cut.POINTED ? 8 : low * 0.58;
        double rim = 52 - knobs.stature(0, 12);
        double top = rim - knobs.appendage(24, 38);
        double base = knobs.feature(14, 24);
        switch (details.count()) {
            case 1 -> pen.accent(box(46.5, rim - 4, 53.5, 96, 2));
            case 2 -> {
                pen.accent(box(47, rim - 4, 53, 96, 2));
                pen.accent(ellipse(50, 78, base * 0.8, 15));
            }
            default -> {
                pen.accent(ellipse(50, rim + 14, 8, 8));
                pen.accent(ellipse(50, rim + 28, 9, 9));
                pen.accent(box(47, rim + 34, 53, 96, 2));
            }
        }
        pen.accent(box(50 - base, 92, 50 + base, 100, 4));
        pen.line(Pen.GOLD, 50 + low * 0.55, rim, 50 + low * 0.55, rim + 15);
        pen.fill(ellipse(50 + low * 0.55, rim + 16, 3, 3), Pen.GOLD);
        pen.flat(ellipse(50, rim + 2, low * 0.5, 7), 0xFFF0A8);
        if (details.cut() == Cut.ROUND) {
            pen.body(box(50 - low * 0.8, top, 50 + low * 0.8, rim + 2, 4));
        } else {
            pen.body(polygon(50 - high, top, 50 + high, top, 50 + low, rim, 50 - low, rim));
        }
        pen.trim(details.trim(), 50, (top + rim) / 2 + 3, 7);
    }
}
