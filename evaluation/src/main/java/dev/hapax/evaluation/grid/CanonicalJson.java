package dev.hapax.evaluation.grid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One text for one JSON value: keys sorted, no spaces, numbers as short as they can be told apart and alike on every
 * version of Java.
 */
final class CanonicalJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER) // Double.toString changed in Java 19
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CanonicalJson() {}

    /**
     * The text of a value.
     *
     * @throws IllegalArgumentException if it holds a number that JSON has no sign for
     */
    static String text(JsonNode value) {
        requireFinite(value, "");
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The object that a text holds, and nothing behind it.
     *
     * @throws JsonProcessingException if it does not
     */
    static ObjectNode object(String text) throws JsonProcessingException {
        return JSON.readValue(text, ObjectNode.class);
    }

    /** An empty object. */
    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** SHA-256 of a text in UTF-8, 64 hex digits. */
    static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void requireFinite(JsonNode value, String path) {
        if (value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue())) {
            throw new IllegalArgumentException((path.isEmpty() ? "the value" : path.substring(1)) + " is "
                    + value.asText() + ", which JSON cannot hold; leave it out or write null");
        }
        value.fields().forEachRemaining(field -> requireFinite(field.getValue(), path + "." + field.getKey()));
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                requireFinite(value.get(i), path + "[" + i + "]");
            }
        }
    }
}
