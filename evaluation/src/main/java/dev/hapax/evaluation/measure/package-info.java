/**
 * Measures that need more than the models of core: Picturebook's attribute reader, and all judges of an evaluation
 * together. The others are in {@link dev.hapax.measure}.
 */
@NullMarked
package dev.hapax.evaluation.measure;

import org.jspecify.annotations.NullMarked;
