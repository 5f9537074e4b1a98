/** ProSpect: vectors of their own for each stage of denoising (Zhang et al. 2023). */
@NullMarked
package dev.hapax.method.prospect;

import org.jspecify.annotations.NullMarked;
