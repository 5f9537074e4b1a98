package dev.hapax.picturebook.world.backdrop;

import dev.hapax.picturebook.world.Rgb;
import java.util.SplittableRandom;

/** A soft tint of any hue. */
final class PlainBackdrop implements Backdrop {

    @Override
    public void lay(Scenery scenery, SplittableRandom random) {
        scenery.zone(-0.1, Rgb.ofHsl(random.nextDouble(), random.nextDouble(0.1, 0.35), random.nextDouble(0.86, 0.92)));
    }
}
