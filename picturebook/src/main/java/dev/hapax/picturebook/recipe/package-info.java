/** How the embedded models are trained on the little world: resumable stages, one after the other. */
@NullMarked
package dev.hapax.picturebook.recipe;

import org.jspecify.annotations.NullMarked;
