package dev.hapax.vae;

import dev.hapax.checkpoint.Weights;

/**
 * Which normalisation one half of the autoencoder has.
 *
 * @param config sizes
 * @param spatial whether it looks at the latents
 */
record MovqNorms(MovqConfig config, boolean spatial) {

    /** The normalisation of so many channels. */
    LatentNorm of(Weights weights, int channels) {
        return spatial ? LatentNorm.spatial(config, weights, channels) : LatentNorm.group(config, weights, channels);
    }
}
