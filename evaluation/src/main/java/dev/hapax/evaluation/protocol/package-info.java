/**
 * What is compared with what: {@link dev.hapax.evaluation.protocol.Protocol} is the way in which a paper was evaluated,
 * {@link dev.hapax.evaluation.protocol.Comparison} the cells of one run of it, {@link
 * dev.hapax.evaluation.protocol.WordWork} computes them, and {@link dev.hapax.evaluation.protocol.Findings} is what came
 * out.
 */
@NullMarked
package dev.hapax.evaluation.protocol;

import org.jspecify.annotations.NullMarked;
