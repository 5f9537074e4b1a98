/** Measures a model of the little world: draws held-out prompts and reads from the pictures whether they are right. */
@NullMarked
package dev.hapax.picturebook.check;

import org.jspecify.annotations.NullMarked;
