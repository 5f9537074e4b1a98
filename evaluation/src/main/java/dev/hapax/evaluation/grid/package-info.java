/**
 * A grid: independent cells, such as methods x pictures x prompts x seeds, whose results are kept in a folder and never
 * computed twice. {@link dev.hapax.evaluation.grid.Cell} says what is computed, {@link
 * dev.hapax.evaluation.grid.Work} how, {@link dev.hapax.evaluation.grid.GridFolder} holds what was, and {@link
 * dev.hapax.evaluation.grid.GridRunner} does what is missing.
 */
@NullMarked
package dev.hapax.evaluation.grid;

import org.jspecify.annotations.NullMarked;
