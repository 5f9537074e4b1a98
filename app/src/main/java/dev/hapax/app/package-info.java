/** The command line. It asks, calls {@link dev.hapax.run} and tells; it computes nothing. */
@NullMarked
package dev.hapax.app;

import org.jspecify.annotations.NullMarked;
