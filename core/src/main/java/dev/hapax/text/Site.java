package dev.hapax.text;

/**
 * A place and a moment at which a U-Net reads text.
 *
 * @param layer the cross-attention layer, in execution order (down, middle, up), from 0
 * @param timestep of the forward process: 0 is clean, the largest is noise; samplers may stand between two whole ones
 */
public record Site(int layer, double timestep) {
    /** Checks the ranges. */
    public Site {
        if (layer < 0 || !(timestep >= 0)) {
            throw new IllegalArgumentException(
                    "layer and timestep must be at least 0, got layer " + layer + ", timestep " + timestep);
        }
    }
}
