/** Between pictures and latents: the autoencoder of latent diffusion (Rombach et al. 2022, section 3.1). */
@NullMarked
package dev.hapax.vae;

import org.jspecify.annotations.NullMarked;
