package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.evaluation.measure.PlainPrompt;
import dev.hapax.method.mcpl.McplSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long and how fast words are learned, and when they are looked at.
 *
 * @param steps numbers of optimiser steps after which the words are kept, rising; the last ends the learning
 * @param rate the learning rate
 * @param batch samples of one step
 * @param seed of all randomness
 * @param templates contexts for the sentence
 */
public record Course(List<Long> steps, double rate, int batch, long seed, List<String> templates) {
    /** Keeps copies and checks that the steps rise. */
    public Course {
        steps = List.copyOf(steps);
        templates = List.copyOf(templates);
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) <= (i == 0 ? 0 : steps.get(i - 1))) {
                throw new IllegalArgumentException(
                        "the steps after which words are kept must rise from 1, got " + steps);
            }
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("words are kept after no step at all; name at least the last");
        }
    }

    /** The end of the learning. */
    public long last() {
        return steps.get(steps.size() - 1);
    }

    /** What has to be learned for a subject: one product if its words are learned together, otherwise one for each. */
    List<Product> products(Variant variant, Subject subject, Ground ground) {
        if (variant.manner() == Variant.Manner.TOGETHER) {
            return List.of(product(variant, subject, subject.sentence(), subject.words(), ground));
        }
        List<Product> products = new ArrayList<>();
        for (String word : subject.words()) {
            String sentence = variant.manner() == Variant.Manner.BARE ? word : withNounsFor(word, subject);
            products.add(product(variant, subject, sentence, List.of(word), ground));
        }
        return products;
    }

    /** The sentence with one learned word, and nouns in the places of the others. */
    private static String withNounsFor(String word, Subject subject) {
        List<String> others =
                subject.words().stream().filter(w -> !w.equals(word)).toList();
        return PlainPrompt.withNouns(subject.sentence(), others, subject.nouns());
    }

    private Product product(Variant variant, Subject subject, String sentence, List<String> words, Ground ground) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("model", ground.modelHash());
        node.put("subject", subject.hash());
        node.put("method", variant.method().toString());
        node.set("regularisers", regularisers(variant.regularisers(subject.adjectives())));
        node.put("sentence", sentence);
        templates.forEach(node.putArray("templates")::add);
        for (String word : words) {
            node.withObject("/words").put(word, subject.nouns().get(word));
        }
        steps.forEach(node.putArray("steps")::add);
        node.put("rate", rate);
        node.put("batch", batch);
        node.put("seed", seed);
        return Product.of(WordWork.LEARN, node, List.of());
    }

    private static ObjectNode regularisers(McplSettings settings) {
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

    /** The regularisers of a description. */
    static McplSettings regularisers(JsonNode node) {
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
