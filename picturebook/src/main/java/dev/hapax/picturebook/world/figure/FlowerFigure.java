package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.blob;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.tube;

import dev.hapax.picturebook.world.Cut;
import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** Petals round a middle, on a stem with leaves. */
final class FlowerFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        int petals = 4 + details.count();
        double reach = knobs.appendage(17, 25);
        double middle = knobs.feature(8, 14);
        double half = reach * (details.cut() == Cut.POINTED ? 0.42 : knobs.girth(0.5, 0.75));
        double y = 42 - knobs.stature(0, 14);
        pen.fill(tube(5, 50, y, 52, 75, 50, 99), Pen.LEAF);
        pen.fill(blob(51, 92, 60, 78, 78, 72, 72, 86), Pen.LEAF);
        if (details.count() > 1) {
            pen.fill(blob(50, 86, 40, 74, 24, 70, 30, 82), Pen.LEAF);
        }
        for (int i = 0; i < petals; i++) {
            double angle = 2 * Math.PI * i / petals - Math.PI / 2;
            double x = 50 + reach * Math.cos(angle);
            double py = y + reach * Math.sin(angle);
            double turn = Math.toDegrees(angle);
            switch (details.cut()) {
                case ROUND -> pen.body(ellipse(x, py, reach * 0.62, half, turn));
                case POINTED -> pen.body(ellipse(x, py, reach * 0.78, half, turn));
                case WIDE -> pen.body(ellipse(x, py, reach * 0.5, half * 1.1, turn));
            }
        }
        pen.accent(ellipse(50, y, middle, middle));
        pen.trim(details.trim(), 51, 75, 6.5);
    }
}
