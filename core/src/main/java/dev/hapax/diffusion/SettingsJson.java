package dev.hapax.diffusion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.lora.AppliedLora;
import dev.hapax.vision.detect.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Settings as one line of JSON, with all numbers exact. */
final class SettingsJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SettingsJson() {}

    static String write(ImageSettings settings) {
        ObjectNode node = JSON.createObjectNode();
        node.put("prompt", settings.prompt());
        node.put("negative_prompt", settings.negativePrompt());
        settings.words().forEach(node.putObject("words")::put);
        ArrayNode loras = node.putArray("loras");
        for (AppliedLora lora : settings.loras()) {
            loras.addObject()
                    .put("name", lora.name())
                    .put("weight", lora.weight())
                    .put("hash", lora.hash());
        }
        node.put("model", settings.model());
        node.put("model_hash", settings.modelHash());
        node.put("sampler", settings.sampler());
        node.put("steps", settings.steps());
        node.put("guidance", settings.guidance());
        node.put("seed", settings.seed());
        node.put("index", settings.index());
        node.put("width", settings.size().width());
        node.put("height", settings.size().height());
        node.put("strength", settings.strength());
        settings.start().ifPresent(start -> {
            ObjectNode pictures = node.putObject("start");
            pictures.put("picture", start.picture());
            start.mask().ifPresent(mask -> pictures.put("mask", mask));
            pictures.put("keep", start.keep());
        });
        ArrayNode boxes = node.putArray("boxes");
        for (WordBox box : settings.boxes()) {
            ArrayNode edges = boxes.addObject().put("word", box.word()).putArray("box");
            edges.add(box.box().left());
            edges.add(box.box().top());
            edges.add(box.box().right());
            edges.add(box.box().bottom());
        }
        node.put("version", settings.version());
        return node.toString();
    }

    /**
     * Reads what {@link #write} wrote, in this version or an earlier one.
     *
     * @throws CheckpointException if a value is missing or the text is not JSON
     */
    static ImageSettings read(String origin, String text) {
        try {
            JsonNode node = JSON.readTree(text);
            Map<String, String> words = new TreeMap<>();
            node.path("words")
                    .properties()
                    .forEach(word -> words.put(word.getKey(), word.getValue().asText()));
            return new ImageSettings(
                    value(origin, node, "prompt").asText(),
                    value(origin, node, "negative_prompt").asText(),
                    words,
                    loras(origin, node.path("loras")),
                    value(origin, node, "model").asText(),
                    value(origin, node, "model_hash").asText(),
                    value(origin, node, "sampler").asText(),
                    value(origin, node, "steps").asInt(),
                    value(origin, node, "guidance").asDouble(),
                    value(origin, node, "seed").asLong(),
                    value(origin, node, "index").asInt(),
                    new ImageSize(
                            value(origin, node, "width").asInt(),
                            value(origin, node, "height").asInt()),
                    value(origin, node, "strength").asDouble(),
                    start(origin, node.path("start")),
                    boxes(origin, node.path("boxes")),
                    value(origin, node, "version").asText());
        } catch (JsonProcessingException e) {
            throw new CheckpointException(
                    origin + ": the settings are not readable JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Optional<StartSettings> start(String origin, JsonNode node) {
        return node.isMissingNode()
                ? Optional.empty()
                : Optional.of(new StartSettings(
                        value(origin, node, "picture").asText(),
                        Optional.ofNullable(node.get("mask")).map(JsonNode::asText),
                        value(origin, node, "keep").asBoolean()));
    }

    private static List<WordBox> boxes(String origin, JsonNode list) { // older images have no such list
        List<WordBox> boxes = new ArrayList<>();
        for (JsonNode one : list) {
            JsonNode edges = value(origin, one, "box");
            Box box = new Box(
                    edges.path(0).asDouble(),
                    edges.path(1).asDouble(),
                    edges.path(2).asDouble(),
                    edges.path(3).asDouble());
            boxes.add(new WordBox(value(origin, one, "word").asText(), box));
        }
        return boxes;
    }

    private static List<AppliedLora> loras(String origin, JsonNode list) { // older images have no such list
        List<AppliedLora> loras = new ArrayList<>();
        for (JsonNode lora : list) {
            loras.add(new AppliedLora(
                    value(origin, lora, "name").asText(),
                    value(origin, lora, "weight").asDouble(),
                    value(origin, lora, "hash").asText()));
        }
        return loras;
    }

    private static JsonNode value(String origin, JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            throw new CheckpointException(origin + ": the settings lack \"" + key + "\"");
        }
        return value;
    }
}
