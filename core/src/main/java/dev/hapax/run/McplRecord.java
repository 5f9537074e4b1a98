package dev.hapax.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.method.mcpl.McplSettings;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** MCPL's regularisers as records keep them. */
public final class McplRecord {
    private McplRecord() {}

    /** As JSON; equal settings give equal text. */
    public static ObjectNode of(McplSettings settings) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("attention_mask", settings.attentionMask());
        node.put("mask_threshold", settings.maskThreshold());
        node.put("map_memory", settings.mapMemory());
        node.put("contrast_weight", settings.contrastWeight());
        node.put("temperature", settings.temperature());
        node.put("space", settings.space().toString().toLowerCase(Locale.ROOT));
        new TreeMap<>(settings.adjectives()).forEach(node.putObject("adjectives")::put);
        return node;
    }

    /** What {@link #of} wrote. */
    public static McplSettings read(JsonNode node) {
        Map<String, String> adjectives = new TreeMap<>();
        node.path("adjectives")
                .properties()
                .forEach(each -> adjectives.put(each.getKey(), each.getValue().asText()));
        return new McplSettings(
                node.path("attention_mask").asBoolean(),
                node.path("mask_threshold").asDouble(),
                node.path("map_memory").asDouble(),
                node.path("contrast_weight").asDouble(),
                node.path("temperature").asDouble(),
                adjectives,
                McplSettings.Space.valueOf(node.path("space").asText().toUpperCase(Locale.ROOT)));
    }
}
