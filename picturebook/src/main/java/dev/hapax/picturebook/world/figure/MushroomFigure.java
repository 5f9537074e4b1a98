package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.blob;
import static dev.hapax.picturebook.world.shape.Forms.box;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;

import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A cap on a pale foot. */
final class MushroomFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double cap = knobs.girth(32, 48);
        double foot = knobs.feature(9, 17);
        double rim = 58 - knobs.stature(0, 14);
        double high = rim - knobs.appendage(24, 46);
        pen.fill(
                blob(
                        50 - foot * 0.8,
                        rim - 4,
                        50 + foot * 0.8,
                        rim - 4,
                        50 + foot,
                        82,
                        50 + foot * 1.2,
                        98,
                        50 - foot * 1.2,
                        98,
                        50 - foot,
                        82),
                Pen.CREAM);
        pen.accent(ellipse(50, rim, cap * 0.72, 7));
        switch (details.cut()) {
            case ROUND ->
                pen.body(blob(
                        50 - cap,
                        rim,
                        50 - cap * 0.78,
                        high + 12,
                        50,
                        high,
                        50 + cap * 0.78,
                        high + 12,
                        50 + cap,
                        rim,
                        50,
                        rim + 3));
            case POINTED ->
                pen.body(blob(
                        50 - cap,
                        rim + 2,
                        50 - cap * 0.4,
                        high + 18,
                        50,
                        high - 6,
                        50 + cap * 0.4,
                        high + 18,
                        50 + cap,
                        rim + 2,
                        50,
                        rim));
            case WIDE ->
                pen.body(blob(
                        50 - cap,
                        rim - 6,
                        50 - cap * 0.8,
                        high + 14,
                        50,
                        high + 10,
                        50 + cap * 0.8,
                        high + 14,
                        50 + cap,
                        rim - 6,
                        50,
                        rim + 3));
        }
        for (int i = 1; i < details.count(); i++) {
            double x = 50 + (2 * i - 3) * (foot + 16);
            pen.fill(box(x - 3, 88, x + 3, 100, 3), Pen.CREAM);
            pen.body(blob(x - 11, 90, x - 7, 81, x, 78, x + 7, 81, x + 11, 90, x, 91));
        }
        pen.trim(details.trim(), 50, rim + 18, 6.5);
    }
}
