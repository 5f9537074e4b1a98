/** The layers that every model is made of: each a record of its parameters with one {@code apply}. */
@NullMarked
package dev.hapax.nn;

import org.jspecify.annotations.NullMarked;
