package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.blob;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.polygon;
import static dev.hapax.picturebook.world.shape.Forms.tube;

import dev.hapax.picturebook.world.Cut;
import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;
import java.awt.Shape;
import java.awt.geom.AffineTransform;

/** One banana, or a small bunch. */
final class BananaFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double fat = knobs.girth(9, 17);
        double bend = knobs.stature(16, 34);
        if (details.count() > 1) {
            pen.behind(tilted(crescent(bend + 13, fat)));
        }
        pen.fill(tilted(tube(7, 12, 34, 8, 30 - knobs.appendage(2, 9))), Pen.WOOD);
        pen.body(tilted(crescent(bend, fat)));
        pen.flat(tilted(ellipse(94, 33, 4.4, 4.4)), Pen.INK);
        double mid = 40 + bend;
        if (details.cut() == Cut.WIDE) {
            pen.marking(tilted(ellipse(66, mid - 2, 6, 4)));
            pen.marking(tilted(ellipse(36, mid - 3, 4, 3)));
        } else if (details.cut() == Cut.POINTED) {
            pen.accent(tilted(polygon(84, 40 + bend * 0.35, 92, 38 + bend * 0.35 + fat * 0.4, 97, 32, 90, 33)));
        }
        pen.trim(details.trim(), 52, mid + fat * 0.2, knobs.feature(5.5, 8));
    }

    private static Shape crescent(double bend, double fat) {
        return blob(
                9,
                31,
                14,
                33,
                30,
                36 + bend * 0.66 - fat * 0.5,
                50,
                40 + bend - fat,
                70,
                36 + bend * 0.66 - fat * 0.5,
                90,
                33,
                95,
                31,
                96,
                36,
                84,
                42 + bend * 0.62 + fat * 0.5,
                50,
                41 + bend + fat,
                18,
                42 + bend * 0.62 + fat * 0.5,
                8,
                38);
    }

    private static Shape tilted(Shape shape) {
        return AffineTransform.getRotateInstance(Math.toRadians(-16), 50, 50).createTransformedShape(shape);
    }
}
