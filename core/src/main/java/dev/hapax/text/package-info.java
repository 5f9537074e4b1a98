/** From a prompt to what a diffusion model reads: tokens, learned words, and the text half of CLIP. */
@NullMarked
package dev.hapax.text;

import org.jspecify.annotations.NullMarked;
