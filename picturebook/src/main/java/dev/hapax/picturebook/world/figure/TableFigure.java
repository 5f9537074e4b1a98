package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.blob;
import static dev.hapax.picturebook.world.shape.Forms.box;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.polygon;
import static dev.hapax.picturebook.world.shape.Forms.tube;

import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A table on sturdy legs, something on it. */
final class TableFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double half = knobs.girth(34, 50);
        double leg = knobs.feature(5, 9);
        double top = 50 - knobs.stature(0, 14);
        double thick = knobs.appendage(8, 15);
        switch (details.cut()) {
            case ROUND -> {
                pen.body(tube(leg * 1.5, 50 - half * 0.6, top + 4, 50 - half * 0.9, 72, 50 - half * 0.75, 96));
                pen.body(tube(leg * 1.5, 50 + half * 0.6, top + 4, 50 + half * 0.9, 72, 50 + half * 0.75, 96));
                pen.body(box(50 - half, top, 50 + half, top + thick, thick / 2));
            }
            case POINTED -> {
                pen.body(polygon(
                        50 - half + 5,
                        top + 4,
                        50 - half + 5 + 2 * leg,
                        top + 4,
                        50 - half + leg,
                        100,
                        50 - half,
                        100));
                pen.body(polygon(
                        50 + half - 5,
                        top + 4,
                        50 + half - 5 - 2 * leg,
                        top + 4,
                        50 + half - leg,
                        100,
                        50 + half,
                        100));
                pen.body(box(50 - half, top, 50 + half, top + thick, 3));
            }
            case WIDE -> {
                pen.body(box(50 - half + 4, top + 4, 50 - half + 4 + leg * 1.6, 100, 2));
                pen.body(box(50 + half - 4 - leg * 1.6, top + 4, 50 + half - 4, 100, 2));
                pen.accent(box(50 - half + 10, top + 4, 50 + half - 10, top + thick + 12, 2));
                pen.body(box(50 - half, top, 50 + half, top + thick, 5));
            }
        }
        switch (details.count()) {
            case 1 -> {}
            case 2 -> pen.accent(blob(38, top - 12, 62, top - 12, 58, top, 42, top));
            default -> {
                pen.fill(ellipse(67, top - 8, 5, 5), Pen.CREAM);
                pen.accent(box(50, top - 16, 66, top, 3));
            }
        }
        pen.trim(details.trim(), 50, top + thick + 9, 7);
    }
}
