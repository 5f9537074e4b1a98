package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.evaluation.measure.PlainPrompt;
import dev.hapax.method.disendiff.DisenDiffSettings;
import dev.hapax.method.mcpl.McplSettings;
import dev.hapax.run.MethodName;
import dev.hapax.run.Painter;
import dev.hapax.run.Regularisation;
import dev.hapax.run.WeightSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How long and how fast words are learned, and when they are looked at.
 *
 * @param steps numbers of optimiser steps after which the words are kept, rising; the last ends the learning
 * @param rate the learning rate
 * @param batch samples of one step
 * @param seed of all randomness
 * @param templates contexts for the sentence
 * @param flip probability that a sample is mirrored; 0 where sentences tell left from right
 * @param reminders how many pictures of the class regularise a method that moves weights; the model draws them. 0 for none
 */
public record Course(
        List<Long> steps, double rate, int batch, long seed, List<String> templates, double flip, int reminders) {

    /** For words alone, whose sentences tell left from right. */
    public Course(List<Long> steps, double rate, int batch, long seed, List<String> templates) {
        this(steps, rate, batch, seed, templates, 0, 0);
    }

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

    /** The samples of one step, those that remind among them. */
    int samples() {
        return reminders > 0 ? 2 * batch : batch;
    }

    /** For people. */
    String text() {
        return last() + " steps at rate " + rate + ", batch " + batch + ", seed " + seed
                + (flip > 0 ? ", mirrored with probability " + flip : "")
                + (reminders > 0 ? ", " + reminders + " regularising pictures" : "");
    }

    /** The steps after which a variant is looked at: 0 alone if it learns nothing. */
    List<Long> steps(Variant variant) {
        return variant.manner() == Variant.Manner.NONE ? List.of(0L) : steps;
    }

    /** What has to be learned for a subject: one product if its words are learned together, otherwise one for each. */
    List<Product> products(Variant variant, Subject subject, Ground ground) {
        if (variant.manner() == Variant.Manner.NONE) {
            return List.of(start(subject, ground));
        }
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

    /** The words before anything is learned. */
    private static Product start(Subject subject, Ground ground) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("model", ground.modelHash());
        for (String word : subject.words()) {
            node.withObject("/words").put(word, subject.nouns().get(word));
        }
        return Product.of(WordWork.START, node, List.of());
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
        if (flip > 0) {
            node.put("flip", flip);
        }
        if (!variant.method().usual().weights()) {
            return Product.of(WordWork.LEARN, node, List.of());
        }
        String shown = PlainPrompt.withNouns(sentence, words, subject.nouns());
        node.set("weights", weights(variant.method(), variant.attention(), shown));
        return Product.of(WordWork.LEARN, node, reminders > 0 ? List.of(reminder(shown, ground)) : List.of());
    }

    private static ObjectNode weights(MethodName method, DisenDiffSettings attention, String shown) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("shown", shown);
        if (method == MethodName.DISENDIFF) {
            node.put("bind_weight", attention.bindWeight());
            node.put("separate_weight", attention.separateWeight());
            node.put("smooth", attention.smooth());
            node.put("suppressions", attention.suppressions());
        }
        return node;
    }

    /** Pictures that the model draws of what the sentence says in ordinary words. */
    private Product reminder(String shown, Ground ground) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("model", ground.modelHash());
        node.put("prompt", shown);
        node.put("count", reminders);
        node.put("sampler_steps", Painter.STEPS);
        node.put("guidance", Painter.GUIDANCE);
        node.put("seed", seed);
        return Product.of(WordWork.REMIND, node, List.of());
    }

    /** How the weights of a description move. */
    static WeightSettings weights(JsonNode settings, MethodName method, Regularisation regularisation) {
        JsonNode node = settings.path("weights");
        Map<String, String> classes = new TreeMap<>();
        if (method == MethodName.DISENDIFF) {
            settings.path("words")
                    .properties()
                    .forEach(word -> classes.put(word.getKey(), word.getValue().asText()));
        }
        return new WeightSettings(
                OptionalInt.empty(),
                false,
                settings.path("rate").asDouble(),
                1,
                regularisation,
                method.augments(),
                new DisenDiffSettings(
                        node.path("bind_weight").asDouble(),
                        node.path("separate_weight").asDouble(),
                        node.path("smooth").asBoolean(),
                        node.path("suppressions").asInt()),
                classes,
                Map.of(),
                OptionalInt.empty());
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
