package dev.hapax.learning;

import dev.hapax.vae.Posterior;

/**
 * A picture to learn from, encoded once.
 *
 * @param name the file's name without its ending
 * @param sha256 of the file's bytes, for provenance
 * @param latents the distribution of its unscaled latents, (1, c, h, w)
 */
public record Example(String name, String sha256, Posterior latents) {}
