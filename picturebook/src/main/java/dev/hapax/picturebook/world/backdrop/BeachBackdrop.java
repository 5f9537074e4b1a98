package dev.hapax.picturebook.world.backdrop;

import dev.hapax.picturebook.world.Rgb;
import dev.hapax.picturebook.world.shape.Forms;
import java.util.SplittableRandom;

/** Sand before the sea, and the sun above. */
final class BeachBackdrop implements Backdrop {

    @Override
    public void lay(Scenery scenery, SplittableRandom random) {
        scenery.zone(-0.1, Rgb.ofHsl(0.54 + random.nextDouble(-0.02, 0.02), 0.8, random.nextDouble(0.78, 0.86)));
        double x = random.nextBoolean() ? random.nextDouble(0.08, 0.2) : random.nextDouble(0.8, 0.92);
        scenery.solid(Forms.ellipse(x, random.nextDouble(0.1, 0.18), 0.085, 0.085), 0xFFDF6B);
        double sea = random.nextDouble(0.44, 0.52);
        scenery.zone(sea, Rgb.ofHsl(0.55 + random.nextDouble(-0.03, 0.02), 0.58, 0.56));
        double shore = sea + random.nextDouble(0.13, 0.19);
        double wave = random.nextDouble(0.015, 0.03);
        int foam = 0xF4FBFC;
        scenery.soft(
                Forms.blob(
                        -0.1,
                        shore - wave,
                        0.25,
                        shore,
                        0.5,
                        shore - wave,
                        0.75,
                        shore,
                        1.1,
                        shore - wave,
                        1.2,
                        1.2,
                        -0.2,
                        1.2),
                foam);
        scenery.hills(
                Rgb.ofHsl(0.115, 0.62, random.nextDouble(0.74, 0.8)),
                shore + 0.03,
                shore + 0.03 + wave,
                shore + 0.03,
                shore + 0.03 + wave,
                shore + 0.03);
        scenery.line(foam, 0.1, sea + 0.05, 0.18, sea + 0.06, 0.28, sea + 0.05);
        scenery.line(foam, 0.66, sea + 0.08, 0.75, sea + 0.09, 0.84, sea + 0.08);
    }
}
