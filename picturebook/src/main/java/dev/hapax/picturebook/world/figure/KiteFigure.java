package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.polygon;

import dev.hapax.picturebook.world.Cut;
import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A kite with bows on its tail. */
final class KiteFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double half = knobs.girth(24, 36);
        double low = knobs.stature(60, 72);
        double wing = details.cut() == Cut.WIDE ? 34 : 24;
        double end = low + knobs.appendage(22, 42);
        pen.ink(50, low, 57, low + (end - low) * 0.3, 44, low + (end - low) * 0.65, 54, end);
        for (int i = 0; i < details.count(); i++) {
            double y = low + (end - low) * (0.3 + 0.34 * i);
            double x = i == 1 ? 45 : 55;
            double bow = knobs.feature(6, 9);
            pen.accent(polygon(x, y, x - bow, y - bow * 0.7, x - bow, y + bow * 0.7));
            pen.accent(polygon(x, y, x + bow, y - bow * 0.7, x + bow, y + bow * 0.7));
        }
        pen.body(polygon(50, 0, 50 + half, wing, 50, low, 50 - half, wing));
        if (details.cut() == Cut.POINTED) {
            pen.accent(polygon(50, 0, 50 + half, wing, 50, wing));
            pen.accent(polygon(50, low, 50 - half, wing, 50, wing));
        } else if (details.cut() == Cut.ROUND) {
            pen.accent(ellipse(50, wing + 4, half * 0.34, half * 0.34));
        }
        pen.ink(50, 3, 50, low - 3);
        pen.ink(50 - half + 3, wing, 50 + half - 3, wing);
        pen.trim(details.trim(), 50, wing, 8);
    }
}
