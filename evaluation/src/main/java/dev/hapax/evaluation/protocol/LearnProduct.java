package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.evaluation.measure.PlainPrompt;
import dev.hapax.method.compositionalinversion.AnchorSettings;
import dev.hapax.method.disendiff.DisenDiffSettings;
import dev.hapax.run.McplRecord;
import dev.hapax.run.MethodName;
import dev.hapax.run.Painter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has to be learned, as a product of the grid; {@link LearnSettings} reads it.
 *
 * @param course how long and how fast
 * @param variant in which way
 * @param ground on what
 */
record LearnProduct(Course course, Variant variant, Ground ground) {

    /**
     * Words of a subject's first picture.
     *
     * @param sentence what it shows, with the words
     * @param words those that are learned
     */
    Product of(Subject subject, String sentence, List<String> words) {
        return product(node(subject, sentence, words), sentence, List.of(sentence), words, subject);
    }

    /**
     * Words of several pictures, trained jointly: each picture of the subject shows one of its words.
     *
     * @param sentences what each picture shows
     */
    Product joint(Subject subject, List<String> sentences) {
        String all = String.join(" and ", sentences);
        ObjectNode node = node(subject, all, subject.words());
        sentences.forEach(node.putArray("concepts")::add);
        return product(node, all, sentences, subject.words(), subject);
    }

    /**
     * MATTE's four words of a subject's first picture.
     *
     * @param className ordinary noun of the object
     * @param colors ordinary color words with their weights; empty to find them in the picture
     */
    Product attributes(Subject subject, String className, Map<String, Double> colors) {
        ObjectNode node = node(subject, "", List.of());
        ObjectNode attributes = node.putObject("attributes");
        attributes.put("class", className);
        attributes.put("noun", ground.medium());
        new TreeMap<>(colors).forEach(attributes.putObject("colors")::put);
        return Product.of(WordWork.LEARN, node, List.of());
    }

    private ObjectNode node(Subject subject, String sentence, List<String> words) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("model", ground.modelHash());
        node.put("subject", subject.hash());
        node.put("method", variant.method().toString());
        node.set("regularisers", McplRecord.of(variant.regularisers(subject.adjectives())));
        variant.anchors().ifPresent(anchors -> node.set("anchors", anchors(anchors)));
        node.put("sentence", sentence);
        course.templates().forEach(node.putArray("templates")::add);
        for (String word : words) {
            node.withObject("/words").put(word, subject.nouns().get(word));
        }
        course.steps().forEach(node.putArray("steps")::add);
        node.put("rate", course.rate());
        node.put("batch", course.batch());
        node.put("seed", course.seed());
        if (course.flip() > 0) {
            node.put("flip", course.flip());
        }
        return node;
    }

    private Product product(
            ObjectNode node, String sentence, List<String> concepts, List<String> words, Subject subject) {
        if (!variant.method().usual().weights()) {
            return Product.of(WordWork.LEARN, node, List.of());
        }
        String shown = PlainPrompt.withNouns(sentence, words, subject.nouns());
        node.set("weights", weights(variant.method(), variant.attention(), shown));
        List<String> plain = concepts.stream()
                .map(concept -> PlainPrompt.withNouns(concept, words, subject.nouns()))
                .toList();
        return Product.of(WordWork.LEARN, node, course.reminders() > 0 ? List.of(reminder(plain)) : List.of());
    }

    private ObjectNode weights(MethodName method, DisenDiffSettings attention, String shown) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("shown", shown);
        if (method.augments()) {
            node.put("augment", ground.pictures().isPresent()); // the drawn world has no padded or magnified pictures
        }
        if (method == MethodName.DISENDIFF) {
            node.put("bind_weight", attention.bindWeight());
            node.put("separate_weight", attention.separateWeight());
            node.put("smooth", attention.smooth());
            node.put("suppressions", attention.suppressions());
            node.put("maps", DisenDiffSettings.MAPS.toString().toLowerCase(Locale.ROOT));
        }
        return node;
    }

    /** Pictures that the model draws of what the sentences say in ordinary words, as many of each. */
    private Product reminder(List<String> shown) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("model", ground.modelHash());
        if (shown.size() == 1) {
            node.put("prompt", shown.get(0));
        } else {
            shown.forEach(node.putArray("prompts")::add);
        }
        node.put("count", Math.max(1, course.reminders() / shown.size()));
        node.put("sampler_steps", Painter.STEPS);
        node.put("guidance", Painter.GUIDANCE);
        node.put("seed", course.seed());
        return Product.of(WordWork.REMIND, node, List.of());
    }

    private ObjectNode anchors(AnchorSettings settings) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        (variant.leansOnNouns() ? ground.nouns() : ground.anchorNames()).forEach(node.putArray("names")::add);
        node.put("weight", settings.weight());
        node.put("atoms", settings.atoms());
        node.put("refresh", settings.refresh());
        node.put("class_share", settings.classShare());
        node.put("reduction", settings.reduction().toString().toLowerCase(Locale.ROOT));
        return node;
    }
}
