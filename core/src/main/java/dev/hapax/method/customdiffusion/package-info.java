/** Custom Diffusion (Kumari et al. 2023, arXiv 2212.04488). */
@NullMarked
package dev.hapax.method.customdiffusion;

import org.jspecify.annotations.NullMarked;
