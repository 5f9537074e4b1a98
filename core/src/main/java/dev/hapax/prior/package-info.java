/** From a prompt's embedding to an image's: the diffusion prior of Karlo and Kandinsky 2 (Ramesh et al. 2022). */
@NullMarked
package dev.hapax.prior;

import org.jspecify.annotations.NullMarked;
