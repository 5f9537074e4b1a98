/** Attention: how a model asks for its text layer by layer, and who looked where while it did. */
@NullMarked
package dev.hapax.attention;

import org.jspecify.annotations.NullMarked;
