/** Means with intervals, differences of paired samples, and the verdict on a claim. */
@NullMarked
package dev.hapax.evaluation.statistics;

import org.jspecify.annotations.NullMarked;
