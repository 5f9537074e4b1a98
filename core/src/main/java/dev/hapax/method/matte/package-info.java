/** MATTE: color, style, object and layout of one picture, each a word with its own place (Agarwal et al. 2025). */
@NullMarked
package dev.hapax.method.matte;

import org.jspecify.annotations.NullMarked;
