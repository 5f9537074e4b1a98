package dev.hapax.evaluation.grid;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A cell with its result, as the store holds it.
 *
 * @param cell what was computed
 * @param value what came out
 */
public record GridResult(Cell cell, ObjectNode value) {}
