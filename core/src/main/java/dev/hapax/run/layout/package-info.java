/** Making what a layout predictor learns from, and training it. */
@NullMarked
package dev.hapax.run.layout;

import org.jspecify.annotations.NullMarked;
