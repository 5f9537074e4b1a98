/** Multi-Concept Prompt Learning (Jin et al. 2024, arXiv 2310.12274, ICML 2024). */
@NullMarked
package dev.hapax.method.mcpl;

import org.jspecify.annotations.NullMarked;
