package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.blob;
import static dev.hapax.picturebook.world.shape.Forms.box;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.polygon;

import dev.hapax.picturebook.world.Cut;
import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** A boat under sail. */
final class BoatFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double half = knobs.girth(34, 48);
        double deck = 74 - knobs.appendage(0, 8);
        double top = 14 - knobs.stature(0, 18);
        double sail = knobs.feature(22, 36);
        pen.fill(box(47, top, 52, deck + 4, 1.5), Pen.WOOD);
        pen.fill(polygon(52, top, 52 + 15, top + 6, 52, top + 12), Pen.ROSE);
        double low = deck - 6;
        if (details.cut() == Cut.ROUND) {
            pen.accent(blob(53, top + 14, 54 + sail, top + 34, 53 + sail * 0.9, low, 53, low));
        } else {
            pen.accent(polygon(54, top + 13, 54 + sail, low, 54, low));
        }
        if (details.count() > 1) {
            pen.fill(polygon(45, top + 18, 45, low, 45 - sail * 0.8, low), Pen.CREAM);
        }
        switch (details.cut()) {
            case ROUND, WIDE ->
                pen.body(blob(
                        50 - half,
                        deck,
                        50 - half * 0.3,
                        deck + 2,
                        50 + half * 0.3,
                        deck + 2,
                        50 + half,
                        deck,
                        50 + half * 0.66,
                        98,
                        50 - half * 0.66,
                        98));
            case POINTED ->
                pen.body(
                        polygon(50 - half, deck, 50 + half + 6, deck - 3, 50 + half * 0.6, 100, 50 - half * 0.66, 100));
        }
        if (details.count() == 3) {
            for (int i = -1; i <= 1; i++) {
                pen.fill(ellipse(50 + i * half * 0.4, deck + 12, 4.2, 4.2), Pen.GLASS);
            }
        }
        pen.trim(details.trim(), 54 + sail * 0.36, low - 10, 6);
    }
}
