package dev.hapax.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A model's {@code config.json}: typed access by key, with errors that name the file and the key. */
public final class Config {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // diffusers writes "lambda_min_clipped": -Infinity
            .build();

    private final String origin;
    private final ObjectNode node;

    private Config(String origin, ObjectNode node) {
        this.origin = origin;
        this.node = node;
    }

    /**
     * Reads a JSON object from a file.
     *
     * @throws CheckpointException if the file is missing, unreadable or not a JSON object
     */
    public static Config read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(file + " is missing; a model folder has one for each of its parts");
        }
        try {
            if (JSON.readTree(file.toFile()) instanceof ObjectNode object) {
                return new Config(file.toString(), object);
            }
            throw new CheckpointException(file + " is not a JSON object");
        } catch (IOException e) {
            throw new CheckpointException(file + " is not readable JSON: " + firstLine(e), e);
        }
    }

    /**
     * Reads a JSON object from text.
     *
     * @param origin what messages call it
     * @throws CheckpointException if it is not a JSON object
     */
    public static Config parse(String origin, String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return new Config(origin, object);
            }
            throw new CheckpointException(origin + " is not a JSON object");
        } catch (JsonProcessingException e) {
            throw new CheckpointException(origin + " is not readable JSON: " + firstLine(e), e);
        }
    }

    /** A configuration made in memory, for models that are trained from scratch. */
    public static Config of(Map<String, ?> values) {
        return of("the given configuration", values);
    }

    /** The same, which messages call {@code origin}. */
    public static Config of(String origin, Map<String, ?> values) {
        return new Config(origin, JSON.valueToTree(values));
    }

    /** Whether the key is there with a value other than null. */
    public boolean has(String key) {
        return node.hasNonNull(key);
    }

    /** An integer. */
    public int integer(String key) {
        JsonNode value = required(key);
        return value.isIntegralNumber() ? value.intValue() : wrong(key, value, "an integer");
    }

    /** An integer, or a default if the key is absent or null. */
    public int integer(String key, int otherwise) {
        return has(key) ? integer(key) : otherwise;
    }

    /** A number. */
    public double number(String key) {
        JsonNode value = required(key);
        return value.isNumber() ? value.doubleValue() : wrong(key, value, "a number");
    }

    /** A number, or a default if the key is absent or null. */
    public double number(String key, double otherwise) {
        return has(key) ? number(key) : otherwise;
    }

    /** A truth value, or a default if the key is absent or null. */
    public boolean flag(String key, boolean otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        JsonNode value = required(key);
        return value.isBoolean() ? value.booleanValue() : wrong(key, value, "true or false");
    }

    /** A string. */
    public String text(String key) {
        JsonNode value = required(key);
        return value.isTextual() ? value.textValue() : wrong(key, value, "a string");
    }

    /** A string, or a default if the key is absent or null. */
    public String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    /** A string, or empty if the key is absent or null. */
    public Optional<String> optionalText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    /** A list of strings. */
    public List<String> texts(String key) {
        List<String> values = new ArrayList<>();
        for (JsonNode item : list(key)) {
            values.add(item.asText());
        }
        return values;
    }

    /** A list of integers. */
    public List<Integer> integers(String key) {
        List<Integer> values = new ArrayList<>();
        for (JsonNode item : list(key)) {
            values.add(item.isIntegralNumber() ? item.intValue() : this.<Integer>wrong(key, item, "an integer"));
        }
        return values;
    }

    /** A list of {@code size} integers; one integer stands for that many equal ones. */
    public List<Integer> integers(String key, int size) {
        if (required(key).isIntegralNumber()) {
            return java.util.Collections.nCopies(size, integer(key));
        }
        List<Integer> values = integers(key);
        return values.size() == size ? values : wrong(key, node.get(key), size + " integers");
    }

    /** A list of numbers. */
    public List<Double> numbers(String key) {
        List<Double> values = new ArrayList<>();
        for (JsonNode item : list(key)) {
            values.add(item.doubleValue());
        }
        return values;
    }

    /** A nested object. */
    public Config object(String key) {
        if (required(key) instanceof ObjectNode object) {
            return new Config(origin + ": " + key, object);
        }
        return wrong(key, node.get(key), "an object");
    }

    /**
     * Refuses keys that the reader of this configuration does not know. Keys that begin with an underscore, and values
     * null and false, say nothing and pass.
     *
     * @throws CheckpointException naming the key, its value and the nearest known key
     */
    public void rejectUnknown(Set<String> known) {
        node.properties().forEach(entry -> {
            String key = entry.getKey();
            JsonNode value = entry.getValue();
            boolean silent = key.startsWith("_") || value.isNull() || (value.isBoolean() && !value.booleanValue());
            if (!silent && !known.contains(key)) {
                throw new CheckpointException(
                        origin + ": unknown key \"" + key + "\": " + value + NearestName.hint(key, known));
            }
        });
    }

    /** The JSON itself, for what the typed methods do not cover. */
    public ObjectNode json() {
        return node;
    }

    /** The file this came from, for messages. */
    public String origin() {
        return origin;
    }

    private JsonNode list(String key) {
        JsonNode value = required(key);
        return value.isArray() ? value : wrong(key, value, "a list");
    }

    private JsonNode required(String key) {
        if (!has(key)) {
            throw new CheckpointException(origin + ": \"" + key + "\" is missing");
        }
        return node.get(key);
    }

    private <T> T wrong(String key, JsonNode value, String expected) {
        throw new CheckpointException(origin + ": \"" + key + "\" must be " + expected + ", got " + value);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
