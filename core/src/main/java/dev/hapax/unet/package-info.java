/** The U-Net of latent diffusion (Ronneberger et al. 2015; Rombach et al. 2022): predicts the noise in latents. */
@NullMarked
package dev.hapax.unet;

import org.jspecify.annotations.NullMarked;
