package dev.hapax.picturebook.world.backdrop;

import dev.hapax.picturebook.world.Rgb;
import dev.hapax.picturebook.world.shape.Forms;
import java.awt.geom.Area;
import java.util.SplittableRandom;

/** A moon and a few big stars over dark hills. */
final class NightBackdrop implements Backdrop {

    @Override
    public void lay(Scenery scenery, SplittableRandom random) {
        double hue = 0.64 + random.nextDouble(-0.03, 0.05);
        scenery.zone(-0.1, Rgb.ofHsl(hue, 0.45, random.nextDouble(0.24, 0.31)));
        double side = random.nextBoolean() ? 0.13 : 0.87;
        for (int i = 0; i < 5; i++) {
            double x = side < 0.5 ? 0.3 + 0.15 * i : 0.08 + 0.15 * i;
            scenery.soft(Forms.star(x, random.nextDouble(0.05, 0.3), 0.026, 0.011, 4), 0xF7EBB5);
        }
        double y = random.nextDouble(0.12, 0.18);
        Area moon = new Area(Forms.ellipse(side, y, 0.09, 0.09));
        if (random.nextBoolean()) {
            moon.subtract(new Area(Forms.ellipse(side + 0.05, y - 0.03, 0.08, 0.08)));
        }
        scenery.solid(moon, 0xFBEFB8);
        double line = random.nextDouble(0.62, 0.72);
        scenery.hills(
                Rgb.ofHsl(hue - 0.04, 0.36, 0.36),
                line,
                line - random.nextDouble(0, 0.08),
                line,
                line - random.nextDouble(0, 0.08),
                line);
    }
}
