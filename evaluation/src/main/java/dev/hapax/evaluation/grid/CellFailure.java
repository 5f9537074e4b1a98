package dev.hapax.evaluation.grid;

import dev.hapax.run.Failures;

/**
 * A cell that could not be computed.
 *
 * @param cell which
 * @param cause why; of a product that it needs, if that could not be made
 */
public record CellFailure(Cell cell, Throwable cause) {
    String text() {
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return cell.description().text() + ": " + Failures.line(message);
    }
}
