/** Losses that two or more methods share. */
@NullMarked
package dev.hapax.learning.loss;

import org.jspecify.annotations.NullMarked;
