/** Textual Inversion (Gal et al. 2022, arXiv 2208.01618). */
@NullMarked
package dev.hapax.method.textualinversion;

import org.jspecify.annotations.NullMarked;
