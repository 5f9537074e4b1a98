/** DreamBooth (Ruiz et al. 2023, arXiv 2208.12242). */
@NullMarked
package dev.hapax.method.dreambooth;

import org.jspecify.annotations.NullMarked;
