/** Experiments that show which part of a model does what. */
@NullMarked
package dev.hapax.evaluation.probe;

import org.jspecify.annotations.NullMarked;
