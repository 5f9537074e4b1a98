/** Teaching words: examples, prompts, passes through the frozen model, losses, and the one training loop. */
@NullMarked
package dev.hapax.learning;

import org.jspecify.annotations.NullMarked;
