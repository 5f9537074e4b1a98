/** Finding things in pictures: DETR, its preprocessing, its training loss, and the boxes it speaks of. */
@NullMarked
package dev.hapax.vision.detect;

import org.jspecify.annotations.NullMarked;
