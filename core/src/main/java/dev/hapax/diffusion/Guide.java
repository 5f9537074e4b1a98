package dev.hapax.diffusion;

import dev.hapax.tensor.Tensor;

/**
 * Moves the latents before each model call, for example down the gradient of a penalty on who looks where ({@link
 * AttentionGuide}).
 */
@FunctionalInterface
public interface Guide {
    /** Leaves everything as it is. */
    Guide NONE = (latents, moment) -> latents;

    /**
     * The latents to go on with.
     *
     * @param latents (images, channels, h, w) before this call; they carry no gradient
     * @param moment where the run is, and a look into the model
     */
    Tensor move(Tensor latents, Moment moment);
}
