/** Compositional Inversion (Zhang et al. 2024): learned words that share the picture with others. */
@NullMarked
package dev.hapax.method.compositionalinversion;

import org.jspecify.annotations.NullMarked;
