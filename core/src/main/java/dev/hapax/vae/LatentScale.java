package dev.hapax.vae;

import dev.hapax.checkpoint.Config;
import dev.hapax.tensor.Tensor;

/**
 * Between an autoencoder's own latents and those that the diffusion model works with: {@code (z - shift) * factor},
 * which brings them to about unit variance.
 *
 * @param factor {@code scaling_factor}; 0.18215 if the configuration has none, as in diffusers (Rombach et al. 2022)
 * @param shift {@code shift_factor}; 0 if the configuration has none
 */
record LatentScale(double factor, double shift) {

    LatentScale {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("scaling_factor must be positive, got " + factor);
        }
    }

    static LatentScale of(Config config) {
        return new LatentScale(config.number("scaling_factor", 0.18215), config.number("shift_factor", 0));
    }

    Tensor toDiffusion(Tensor z) {
        return (shift == 0 ? z : z.minus(shift)).times(factor);
    }

    Tensor fromDiffusion(Tensor latents) {
        Tensor z = latents.over(factor);
        return shift == 0 ? z : z.plus(shift);
    }
}
