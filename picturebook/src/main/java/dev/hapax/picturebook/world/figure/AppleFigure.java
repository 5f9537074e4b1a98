package dev.hapax.picturebook.world.figure;

import static dev.hapax.picturebook.world.shape.Forms.blob;
import static dev.hapax.picturebook.world.shape.Forms.ellipse;
import static dev.hapax.picturebook.world.shape.Forms.tube;

import dev.hapax.picturebook.world.Cut;
import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** An apple with stalk and leaf. */
final class AppleFigure implements Figure {

    @Override
    public void draw(Pen pen, Knobs knobs, Details details) {
        double w = knobs.girth(30, 44);
        double h = knobs.stature(30, 40);
        double y = 98 - h;
        double leaf = knobs.appendage(12, 26);
        double dip = knobs.feature(4, 12);
        double low = details.cut() == Cut.POINTED ? 0.45 : details.cut() == Cut.WIDE ? 0.72 : 0.55;
        pen.fill(tube(5, 50, y - h + dip + 2, 51, y - h - 6, 56, y - h - 14), Pen.WOOD);
        for (int i = 1; i < Math.max(2, details.count()); i++) {
            int side = 3 - 2 * i;
            pen.fill(
                    blob(
                            52,
                            y - h - 2,
                            52 + side * leaf * 0.5,
                            y - h - 13,
                            52 + side * leaf * 1.2,
                            y - h - 10,
                            52 + side * leaf * 0.7,
                            y - h),
                    Pen.LEAF);
        }
        pen.body(blob(
                50,
                y - h + dip,
                50 + w * 0.55,
                y - h,
                50 + w,
                y - h * 0.25,
                50 + w * 0.86,
                y + h * 0.5,
                50 + w * low,
                y + h,
                50,
                y + h - 4,
                50 - w * low,
                y + h,
                50 - w * 0.86,
                y + h * 0.5,
                50 - w,
                y - h * 0.25,
                50 - w * 0.55,
                y - h));
        pen.marking(ellipse(50 - w * 0.55, y - h * 0.35, w * 0.13, h * 0.2, 25));
        pen.trim(details.trim(), 50, y + 2, 8);
    }
}
