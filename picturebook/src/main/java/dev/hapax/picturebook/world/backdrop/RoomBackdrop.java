package dev.hapax.picturebook.world.backdrop;

import dev.hapax.picturebook.world.Rgb;
import dev.hapax.picturebook.world.shape.Forms;
import java.util.SplittableRandom;

/** A wall with a window, a wooden floor and a rug. */
final class RoomBackdrop implements Backdrop {

    @Override
    public void lay(Scenery scenery, SplittableRandom random) {
        scenery.zone(-0.1, Rgb.ofHsl(0.07 + random.nextDouble(-0.03, 0.06), 0.45, random.nextDouble(0.82, 0.88)));
        double x = random.nextDouble(0.15, 0.85);
        double y = random.nextDouble(0.17, 0.24);
        scenery.solid(Forms.box(x - 0.13, y - 0.13, x + 0.13, y + 0.13, 0.01), 0xFFFBF2);
        scenery.soft(Forms.box(x - 0.1, y - 0.1, x - 0.012, y + 0.1, 0), 0xB5DDF2);
        scenery.soft(Forms.box(x + 0.012, y - 0.1, x + 0.1, y + 0.1, 0), 0xB5DDF2);
        double line = random.nextDouble(0.62, 0.7);
        scenery.zone(line, 0xFAF3E6);
        scenery.zone(line + 0.035, Rgb.ofHsl(0.075, 0.38, random.nextDouble(0.5, 0.6)));
        scenery.soft(
                Forms.ellipse(0.5, 0.9, random.nextDouble(0.36, 0.44), 0.075),
                Rgb.ofHsl(random.nextDouble(), 0.3, 0.72));
    }
}
