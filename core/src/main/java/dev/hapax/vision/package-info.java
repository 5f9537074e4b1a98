/** Images as models read them: resampling, preprocessing, and the image half of CLIP. */
@NullMarked
package dev.hapax.vision;

import org.jspecify.annotations.NullMarked;
