package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.evaluation.measure.PlainPrompt;
import java.util.ArrayList;
import java.util.List;

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

    private static final double BACKWARD = 3; // forward, and backward at about twice its price

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

    /** The work of learning, in calls of the U-Net with one image. */
    double work() {
        int samples = reminders > 0 ? 2 * batch : batch; // of one step, those that remind among them
        return BACKWARD * last() * samples;
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
        LearnProduct learn = new LearnProduct(this, variant, ground);
        if (variant.manner() == Variant.Manner.TOGETHER) {
            return List.of(learn.of(subject, subject.sentence(), subject.words()));
        }
        List<Product> products = new ArrayList<>();
        for (String word : subject.words()) {
            String sentence = variant.manner() == Variant.Manner.BARE ? word : withNounsFor(word, subject);
            products.add(learn.of(subject, sentence, List.of(word)));
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
}
