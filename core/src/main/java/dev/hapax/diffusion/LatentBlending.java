package dev.hapax.diffusion;

import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.Tensor;

/**
 * Inpainting by any U-Net: after each call the latents outside the mask are put back to the picture's, with as much
 * noise as the next call expects, and none after the last (Lugmayr et al. 2022, "RePaint", equation 8; as diffusers does
 * it, with the same noise at every call).
 *
 * @param mask (1, 1, h, w), 1 where to paint anew, else 0
 * @param picture its latents, (images, channels, h, w)
 * @param noise standard normals of the same shape, those that the run began with
 */
public record LatentBlending(Tensor mask, Tensor picture, Tensor noise) implements Inpainting {
    @Override
    public Tensor after(Tensor latents, Trajectory run, int call) {
        Tensor kept = call + 1 < run.calls() ? run.noisy(picture, noise, call + 1) : picture;
        return kept.times(mask.negative().plus(1)).plus(latents.times(mask));
    }
}
