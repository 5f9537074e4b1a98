package dev.hapax.evaluation.grid;

import java.util.OptionalDouble;

/**
 * How far a run is.
 *
 * @param done cells that are settled: cached, computed or failed
 * @param cells of the grid
 * @param secondsLeft an estimate as in {@link GridPlan}; empty while a kind of work that is still to be done was never
 *     timed
 * @param last the kind of what was finished last, empty at the beginning
 */
public record GridProgress(int done, int cells, OptionalDouble secondsLeft, String last) {}
