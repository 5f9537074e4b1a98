package dev.hapax.picturebook.world.backdrop;

import dev.hapax.picturebook.world.Rgb;
import dev.hapax.picturebook.world.shape.Forms;
import java.util.SplittableRandom;

/** A meadow with a few tufts under a sky with a cloud. */
final class GrassBackdrop implements Backdrop {

    @Override
    public void lay(Scenery scenery, SplittableRandom random) {
        scenery.zone(-0.1, Rgb.ofHsl(0.56 + random.nextDouble(-0.03, 0.03), 0.75, random.nextDouble(0.8, 0.87)));
        double x = random.nextDouble(0.1, 0.9);
        double y = random.nextDouble(0.1, 0.2);
        scenery.soft(
                Forms.blob(
                        x - 0.13, y + 0.04, x - 0.13, y, x - 0.06, y - 0.02, x, y - 0.07, x + 0.07, y - 0.02, x + 0.14,
                        y + 0.01, x + 0.13, y + 0.04),
                0xFDFDFD);
        double line = random.nextDouble(0.58, 0.68);
        double hue = 0.27 + random.nextDouble(-0.02, 0.04);
        scenery.hills(
                Rgb.ofHsl(hue, 0.42, 0.7),
                line,
                line - random.nextDouble(0, 0.1),
                line - random.nextDouble(0, 0.06),
                line - random.nextDouble(0, 0.1),
                line);
        int meadow = Rgb.ofHsl(hue, 0.45, random.nextDouble(0.54, 0.62));
        scenery.hills(meadow, line + 0.03, line + random.nextDouble(0, 0.06), line + 0.04, line + 0.02);
        for (int i = 0; i < 5; i++) {
            double tuftX = 0.1 + 0.2 * i + random.nextDouble(-0.06, 0.06);
            double tuftY = random.nextDouble(0.8, 0.97);
            scenery.line(
                    Rgb.scale(meadow, 0.72), tuftX - 0.025, tuftY - 0.045, tuftX, tuftY, tuftX + 0.025, tuftY - 0.05);
        }
    }
}
