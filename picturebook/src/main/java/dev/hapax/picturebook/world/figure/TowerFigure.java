package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.blob;
import static dev.hapax.picturebook.world.shape.Forms.box;
import static dev.hapax.picturebook.world.shape.Forms.polygon;

import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A tall tower with a gate. */
final class TowerFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double half = knobs.girth(13, 22);
        double top = 42 - knobs.stature(0, 20);
        double roof = knobs.appendage(20, 38);
        double slit = knobs.feature(4, 7);
        pen.body(polygon(50 - half, top, 50 + half, top, 50 + half * 1.25, 100, 50 - half * 1.25, 100));
        double eave = half + 7;
        switch (details.cut()) {
            case POINTED -> {
                pen.ink(50, top - roof, 50, top - roof - 14);
                pen.fill(polygon(50, top - roof - 14, 50 + 15, top - roof - 9, 50, top - roof - 4), Pen.ROSE);
                pen.accent(polygon(50 - eave, top + 2, 50, top - roof, 50 + eave, top + 2));
            }
            case ROUND ->
                pen.accent(blob(
                        50 - half - 2,
                        top + 1,
                        50 - half * 0.9,
                        top - roof * 0.5,
                        50,
                        top - roof,
                        50 + half * 0.9,
                        top - roof * 0.5,
                        50 + half + 2,
                        top + 1,
                        50,
                        top + 3));
            case WIDE -> {
                for (int i = -1; i <= 1; i++) {
                    pen.accent(box(50 + i * (eave - 4) - 5, top - roof * 0.55, 50 + i * (eave - 4) + 5, top, 1));
                }
                pen.accent(box(50 - eave - 1, top - roof * 0.3, 50 + eave + 1, top + 4, 1));
            }
        }
        for (int i = 0; i < details.count(); i++) {
            pen.fill(box(50 - slit, top + 9 + 15 * i, 50 + slit, top + 19 + 15 * i, slit * 0.7), Pen.GLASS);
        }
        pen.fill(box(50 - half * 0.5, 80, 50 + half * 0.5, 100, half * 0.4), Pen.WOOD);
        pen.trim(details.trim(), 50, top + 3, 6.5);
    }
}
