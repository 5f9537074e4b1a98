/** How well words were learned: where they look, what they draw, and how much of a prompt they leave in force. */
@NullMarked
package dev.hapax.measure;

import org.jspecify.annotations.NullMarked;
