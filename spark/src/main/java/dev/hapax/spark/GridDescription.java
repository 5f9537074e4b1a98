package dev.hapax.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A grid in words, as executors get it.
 *
 * @param source the class of its {@link GridSource}
 * @param settings its settings, a JSON object as text
 */
public record GridDescription(String source, String settings) implements Serializable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads a file {@code {"source": "a.b.Class", "settings": {...}}}.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static GridDescription read(Path file) {
        JsonNode content;
        try {
            content = JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e, e);
        }
        if (!content.path("source").isTextual() || !content.path("settings").isObject()) {
            throw new IllegalArgumentException(
                    file + " describes no grid; write {\"source\": \"a.b.Class\", \"settings\": {...}}");
        }
        return new GridDescription(
                content.path("source").asText(), content.path("settings").toString());
    }

    /**
     * The grid's source, on whatever machine this is.
     *
     * @throws IllegalArgumentException if there is no such class
     */
    public GridSource<?> open() {
        try {
            Object opened = Class.forName(source, true, Thread.currentThread().getContextClassLoader())
                    .getConstructor()
                    .newInstance();
            if (opened instanceof GridSource<?> grid) {
                return grid;
            }
            throw new IllegalArgumentException(source + " is no grid; it must implement " + GridSource.class.getName());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "there is no class " + source + " here; put its jar into spark-submit's --jars", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    source + " cannot be opened; it must be public, with a public constructor without parameters: " + e,
                    e);
        }
    }

    /** The settings. */
    public JsonNode parsed() {
        try {
            return JSON.readTree(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the settings of " + source + " are no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
