package dev.hapax.evaluation.grid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A cell with its result, as the store holds it.
 *
 * @param cell what was computed
 * @param value what came out
 */
public record GridResult(Cell cell, ObjectNode value) {
    /**
     * A result from the text of its value.
     *
     * @param text as {@link #text} writes it
     * @throws IllegalArgumentException if it is no JSON object
     */
    public static GridResult of(Cell cell, String text) {
        try {
            return new GridResult(cell, CanonicalJson.object(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the result of " + cell.description().text() + " is damaged: " + e.getOriginalMessage(), e);
        }
    }

    /** The value as canonical JSON: one text for one value, on every machine. */
    public String text() {
        return CanonicalJson.text(value);
    }
}
