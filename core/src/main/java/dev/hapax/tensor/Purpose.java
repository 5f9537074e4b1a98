package dev.hapax.tensor;

/** What a random draw is for: one of the coordinates of {@link Rng}. New purposes go to the end. */
public enum Purpose {
    LATENTS,
    NOISE,
    TIMESTEP,
    SAMPLER_NOISE,
    TEXT,
    AUGMENTATION,
    VAE,
    SHUFFLE,
    INITIALISATION,
    DROPOUT,
    PRIOR,
    EVALUATION
}
