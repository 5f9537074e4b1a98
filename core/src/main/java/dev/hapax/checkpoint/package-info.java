/** Files: safetensors, configuration, folder layouts; and {@link dev.hapax.checkpoint.Weights}, what models are built from. */
@NullMarked
package dev.hapax.checkpoint;

import org.jspecify.annotations.NullMarked;
