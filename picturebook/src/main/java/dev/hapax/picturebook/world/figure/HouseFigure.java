package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.blob;
import static dev.hapax.picturebook.world.shape.Forms.box;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.polygon;

import dev.hapax.picturebook.world.Cut;
import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** Walls, a roof, a door and windows. */
final class HouseFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double half = knobs.girth(28, 42);
        double wall = 58 - knobs.stature(0, 18);
        double peak = wall - knobs.appendage(18, 40);
        double door = knobs.feature(7, 11);
        double eave = half + 8;
        pen.behind(box(50 + half * 0.45, peak + 2, 50 + half * 0.45 + 11, wall, 1));
        pen.body(box(50 - half, wall - 4, 50 + half, 100, 1));
        switch (details.cut()) {
            case POINTED -> pen.accent(polygon(50 - eave, wall, 50, peak, 50 + eave, wall));
            case WIDE ->
                pen.accent(polygon(
                        50 - eave, wall, 50 - eave * 0.58, peak + 6, 50 + eave * 0.58, peak + 6, 50 + eave, wall));
            case ROUND ->
                pen.accent(blob(
                        50 - eave,
                        wall,
                        50 - eave * 0.72,
                        (wall + peak) / 2,
                        50,
                        peak + 4,
                        50 + eave * 0.72,
                        (wall + peak) / 2,
                        50 + eave,
                        wall,
                        50,
                        wall + 1));
        }
        double doorX = details.count() == 2 ? 50 : 50 - half * 0.42;
        pen.fill(
                box(doorX - door, 100 - door * 2.8, doorX + door, 100, details.cut() == Cut.ROUND ? door : 1),
                Pen.WOOD);
        if (details.count() == 2) {
            window(pen, 50 - half * 0.64, wall + 17, 5);
            window(pen, 50 + half * 0.64, wall + 17, 5);
        } else {
            window(pen, 50 + half * 0.42, wall + 20, 8);
        }
        if (details.count() == 3) {
            pen.fill(ellipse(50, (wall + peak) / 2 + 4, 5.5, 5.5), Pen.GLASS);
        }
        pen.trim(details.trim(), 50, wall + 3, 7);
    }

    private static void window(Pen pen, double x, double y, double half) {
        pen.fill(box(x - half, y - half - 1, x + half, y + half + 1, 1), Pen.GLASS);
        pen.ink(x, y - half, x, y + half);
    }
}
