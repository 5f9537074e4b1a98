package dev.hapax.evaluation.grid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.List;

/**
 * Everything that determines a result, as text; the result is found again by its hash.
 *
 * @param kind what sort of work it is, such as {@code draw}; work of one kind takes about the same time
 * @param text canonical JSON (keys sorted): {@code {"kind", "needs": [keys of products], "settings": {...}}}
 */
public record Description(String kind, String text) implements Serializable {
    /**
     * Describes a piece of work.
     *
     * @param settings everything that determines the result beside the products: method and settings, prompt, seed,
     *     hashes of picture and model
     * @param needs the products it is made from; their descriptions count as part of this one
     */
    static Description of(String kind, ObjectNode settings, List<Product> needs) {
        ObjectNode all = CanonicalJson.object();
        all.put("kind", kind);
        ArrayNode keys = all.putArray("needs");
        needs.forEach(product -> keys.add(product.key()));
        all.set("settings", settings);
        return new Description(kind, CanonicalJson.text(all));
    }

    /** The settings, to be computed from. */
    public JsonNode settings() {
        try {
            return CanonicalJson.object(text).path("settings");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a description is JSON: " + text, e);
        }
    }

    /** SHA-256 of the text, 64 hex digits. */
    public String key() {
        return CanonicalJson.hash(text);
    }
}
