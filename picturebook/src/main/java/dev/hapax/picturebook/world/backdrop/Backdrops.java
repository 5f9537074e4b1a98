package dev.hapax.picturebook.world.backdrop;

import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.shape.Drawing;
import java.util.SplittableRandom;

/** Draws any background. */
public final class Backdrops {

    private static final long SALT = 0x5CE9E2D5L;

    private Backdrops() {}

    /**
     * {@return the drawing of a background, on a sheet of 1 by 1 that it covers wholly}
     *
     * @param background which one
     * @param seed decides the lie of the land
     */
    public static Drawing draw(Background background, long seed) {
        Scenery scenery = new Scenery();
        of(background).lay(scenery, new SplittableRandom(seed ^ SALT));
        return scenery.drawing();
    }

    private static Backdrop of(Background background) {
        return switch (background) {
            case PLAIN -> new PlainBackdrop();
            case GRASS -> new GrassBackdrop();
            case BEACH -> new BeachBackdrop();
            case NIGHT -> new NightBackdrop();
            case ROOM -> new RoomBackdrop();
        };
    }
}
