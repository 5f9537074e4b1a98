/** DisenDiff (Zhang et al. 2024, arXiv 2403.18551, CVPR 2024). */
@NullMarked
package dev.hapax.method.disendiff;

import org.jspecify.annotations.NullMarked;
