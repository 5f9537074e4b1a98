/** Looks into learned words and into the drawing with them: the analyses that papers make beside their tables. */
@NullMarked
package dev.hapax.evaluation.probe;

import org.jspecify.annotations.NullMarked;
