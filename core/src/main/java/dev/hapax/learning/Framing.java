package dev.hapax.learning;

import dev.hapax.vision.Raster;
import dev.hapax.vision.Resampling;

/** How a picture becomes the square that a model learns from. A square picture is only resized, bicubically. */
public enum Framing {
    /** The largest square around the centre, as in the official code of Custom Diffusion and DisenDiff. */
    CROP,
    /** All of it, out of shape, as in the official code of Textual Inversion and MCPL. */
    SQUEEZE;

    /** A picture as a square of {@code side} pixels. */
    public Raster square(Raster picture, int side) {
        Raster part = this == CROP ? picture.centreSquare() : picture;
        return part.resize(side, side, Resampling.BICUBIC);
    }
}
