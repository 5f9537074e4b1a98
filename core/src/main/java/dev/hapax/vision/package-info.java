/** Images as models read them: resampling, preprocessing, the image half of CLIP, and DINO. */
@NullMarked
package dev.hapax.vision;

import org.jspecify.annotations.NullMarked;
