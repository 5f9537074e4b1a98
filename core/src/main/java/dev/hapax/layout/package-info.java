/** Where the things of a prompt will stand in its image: a predictor for pairs, and how a prompt is read for it. */
@NullMarked
package dev.hapax.layout;

import org.jspecify.annotations.NullMarked;
