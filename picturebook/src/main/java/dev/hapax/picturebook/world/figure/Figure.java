package dev.hapax.picturebook.world.figure;

import dev.hapax.picturebook.world.Details;
import dev.hapax.picturebook.world.Knobs;

/** How one kind is drawn, on a sheet of about 100 by 100 with y downwards. */
interface Figure {

    /**
     * Draws one individual.
     *
     * @param pen puts down patches in the colors of the individual
     * @param knobs its proportions
     * @param details its stepped traits
     */
    void draw(Pen pen, Knobs knobs, Details details);
}
