package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.blob;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.polygon;
import static dev.hapax.picturebook.world.shape.Forms.tube;

import dev.hapax.picturebook.world.Cut;
import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A mug with one handle, steaming. */
final class MugFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double half = knobs.girth(22, 32);
        double top = 38 - knobs.stature(0, 20);
        double handle = knobs.appendage(12, 24);
        double thick = knobs.feature(7, 11);
        double low = details.cut() == Cut.POINTED ? half * 0.7 : half;
        double x = 46 + (half + low) / 2;
        pen.behind(tube(thick, x - 4, top + 16, x + handle, top + 20, x + handle, 80, x - 4, 86));
        switch (details.cut()) {
            case ROUND ->
                pen.body(blob(
                        46 - half,
                        top,
                        46 + half,
                        top,
                        48 + half,
                        (top + 100) / 2,
                        46 + half * 0.8,
                        98,
                        46 - half * 0.8,
                        98,
                        44 - half,
                        (top + 100) / 2));
            case POINTED, WIDE -> pen.body(polygon(46 - half, top, 46 + half, top, 46 + low, 100, 46 - low, 100));
        }
        pen.accent(ellipse(46, top, half, 7));
        pen.flat(ellipse(46, top + 1, half * 0.66, 3.4), 0x6B4226);
        for (int i = 1; i < details.count(); i++) {
            double s = 46 + (2 * i - 3) * 8;
            pen.line(0xB9B4BE, s, top - 8, s + 4, top - 14, s - 3, top - 20, s + 2, top - 27);
        }
        pen.trim(details.trim(), 46, (top + 104) / 2, 9);
    }
}
