/** The model that comes with the program. */
@NullMarked
package dev.hapax.app.model;

import org.jspecify.annotations.NullMarked;
