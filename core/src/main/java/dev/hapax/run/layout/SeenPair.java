package dev.hapax.run.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.layout.PairLayout;
import dev.hapax.vision.detect.Box;
import java.util.Optional;

/**
 * What was found in an image of two things; a line of {@link BoxesFile}, such as
 *
 * <pre>{@code {"image":7,"first":"cat","second":"ball","boxes":[[0.1,0.4,0.5,0.9],[0.6,0.5,0.9,0.8]]}}</pre>
 *
 * <p>with the edges left, top, right, bottom as parts of the image, and {@code null} for the boxes if not both things were
 * found exactly once.
 *
 * @param image its number
 * @param first the noun that its prompt named first
 * @param second the noun that it named second
 * @param layout where the two were found
 */
public record SeenPair(long image, String first, String second, Optional<PairLayout> layout) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EDGES = 4;

    /** As a line of JSON. */
    String line() {
        ObjectNode node = JSON.createObjectNode();
        node.put("image", image).put("first", first).put("second", second);
        if (layout.isEmpty()) {
            node.putNull("boxes");
        } else {
            ArrayNode boxes = node.putArray("boxes");
            add(boxes.addArray(), layout.get().firstBox());
            add(boxes.addArray(), layout.get().secondBox());
        }
        return node.toString();
    }

    private static void add(ArrayNode edges, Box box) {
        edges.add(box.left()).add(box.top()).add(box.right()).add(box.bottom());
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is none
     */
    static SeenPair parse(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            String first = text(node, "first");
            String second = text(node, "second");
            JsonNode boxes = node.path("boxes");
            Optional<PairLayout> layout = boxes.isNull()
                    ? Optional.empty()
                    : Optional.of(new PairLayout(first, second, box(boxes.path(0)), box(boxes.path(1))));
            return new SeenPair(node.path("image").asLong(), first, second, layout);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not readable JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String text(JsonNode node, String key) {
        String text = node.path(key).asText();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it lacks \"" + key + "\"");
        }
        return text;
    }

    private static Box box(JsonNode edges) {
        for (int i = 0; i < EDGES; i++) {
            if (!edges.path(i).isNumber()) {
                throw new IllegalArgumentException(
                        "\"boxes\" must be null or two lists of left, top, right, bottom, got " + edges);
            }
        }
        return new Box(
                edges.get(0).asDouble(),
                edges.get(1).asDouble(),
                edges.get(2).asDouble(),
                edges.get(3).asDouble());
    }
}
