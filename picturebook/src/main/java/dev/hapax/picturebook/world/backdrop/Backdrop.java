package dev.hapax.picturebook.world.backdrop;

import java.util.SplittableRandom;

/** How one background is laid out, on a sheet of 1 by 1 with y downwards. */
interface Backdrop {

    /**
     * Lays it out.
     *
     * @param scenery takes the patches
     * @param random decides the lie of the land
     */
    void lay(Scenery scenery, SplittableRandom random);
}
