package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.blob;
import static dev.hapax.picturebook.world.shape.Forms.box;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.polygon;
import static dev.hapax.picturebook.world.shape.Forms.tube;

import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A dog standing, its head to the right. */
final class DogFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double deep = knobs.girth(13, 21);
        double leg = knobs.stature(10, 28);
        double ear = knobs.appendage(12, 26);
        double snout = knobs.feature(8, 19);
        double back = 98 - leg - 2 * deep + 4;
        double hx = 80;
        double hy = back - 4;
        pen.behind(tube(8, 20, back + 8, 11, back - 4, 9, back - 10 - ear * 0.4));
        for (double x : new double[] {26, 64}) {
            pen.behind(box(x + 8, 94 - leg - deep, x + 19, 97, 5));
        }
        pen.body(blob(
                14,
                back + 2,
                45,
                back,
                76,
                back,
                84,
                back + deep,
                74,
                back + 2 * deep,
                46,
                back + 1.8 * deep,
                20,
                back + 2 * deep,
                11,
                back + deep));
        for (double x : new double[] {17, 56}) {
            pen.body(box(x, 92 - leg - deep * 0.5, x + 12, 100, 6));
        }
        pen.body(ellipse(hx, hy, 19, 18));
        pen.accent(ellipse(hx + 11 + snout * 0.5, hy + 6, 9 + snout * 0.45, 9));
        pen.flat(ellipse(hx + 17 + snout * 0.9, hy + 1, 5, 4.5), Pen.INK);
        pen.eye(details.eyes(), hx + 7, hy - 5, 4);
        switch (details.cut()) {
            case ROUND -> pen.accent(ellipse(hx - 12, hy - 2 + ear * 0.35, 8, ear * 0.75, 12));
            case WIDE ->
                pen.accent(blob(
                        hx - 6,
                        hy - 15,
                        hx - 16,
                        hy - 12,
                        hx - 24,
                        hy + ear * 0.8,
                        hx - 10,
                        hy + ear * 0.9,
                        hx - 5,
                        hy));
            case POINTED -> pen.accent(polygon(hx - 17, hy - 6, hx - 14, hy - 15 - ear * 0.8, hx, hy - 14));
        }
        pen.trim(details.trim(), hx - 3, hy + 20, 7);
    }
}
