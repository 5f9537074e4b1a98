package dev.hapax.diffusion;

import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.Tensor;

/** How a mask takes part in a run: in what the U-Net reads ({@link MaskChannels}) or between calls ({@link LatentBlending}). */
public interface Inpainting {
    /** No mask. */
    Inpainting NONE = new Inpainting() {};

    /** What the U-Net reads for latents (images, channels, h, w) that are scaled already: (images, in channels, h, w). */
    default Tensor input(Tensor latents) {
        return latents;
    }

    /** The latents to go on with, from those (images, channels, h, w) that a call led to. */
    default Tensor after(Tensor latents, Trajectory run, int call) {
        return latents;
    }
}
