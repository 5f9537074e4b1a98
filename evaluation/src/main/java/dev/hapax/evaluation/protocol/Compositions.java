package dev.hapax.evaluation.protocol;

import dev.hapax.diffusion.WordBox;
import dev.hapax.evaluation.measure.PlainPrompt;
import dev.hapax.vision.detect.Box;
import java.util.ArrayList;
import java.util.List;

/**
 * Prompts that put two things together. On pictures they are those of Zhang et al. 2024 (Compositional Inversion),
 * {@code <a> cat and backpack}; on drawn scenes they read as Picturebook's captions do, {@code a picture of a <a> cat and a
 * mug}.
 *
 * @param ground what they are drawn on
 */
record Compositions(Ground ground) {
    /** Prompts of a learned word and an ordinary one. */
    static final String ONE = "A learned thing and an ordinary one";
    /** Prompts of two learned words. */
    static final String TWO = "Two learned things";

    /**
     * One of the two things.
     *
     * @param word that stands for it and is held in its box; the noun itself if it is ordinary
     * @param noun of the thing
     * @param phrase that names it in a prompt
     */
    record Part(String word, String noun, String phrase) {
        /** A learned word before its noun. */
        Part(String word, String noun) {
            this(word, noun, (word + " " + noun).strip());
        }

        /** Something ordinary. */
        static Part of(String noun) {
            return new Part(noun, noun, noun);
        }

        /** Learned words before their nouns. */
        static List<Part> of(Subject subject) {
            return subject.words().stream()
                    .map(word -> new Part(word, subject.nouns().getOrDefault(word, "")))
                    .toList();
        }

        /** Words that are their nouns and stand in their places. */
        static List<Part> ofNouns(Subject subject) {
            return of(subject).stream()
                    .map(part -> new Part(part.word(), part.noun(), part.word()))
                    .toList();
        }

        boolean isLearned() {
            return !word.equals(noun);
        }
    }

    /** The prompt of two things, in this order. */
    String prompt(Part first, Part second) {
        String both = phrase(first) + " and " + phrase(second);
        return isDrawn() ? "a " + ground.medium() + " of " + both : both;
    }

    private String phrase(Part part) {
        return isDrawn()
                ? (part.isLearned() ? "a" : PlainPrompt.article(part.phrase())) + " " + part.phrase()
                : part.phrase();
    }

    private boolean isDrawn() {
        return ground.pictures().isEmpty();
    }

    /**
     * To draw two things, from noise that belongs to their nouns in this order: what differs in the words, in what was
     * learned or in the boxes is compared on the same noise, and a table's mean is over as many noises as there are
     * prompts.
     *
     * @param held whether each is held in its box
     */
    Ask ask(Part first, Part second, boolean held) {
        List<String> words = new ArrayList<>();
        List<String> ordinary = new ArrayList<>();
        for (Part part : List.of(first, second)) {
            (part.isLearned() ? words : ordinary).add(part.isLearned() ? part.word() : part.noun());
        }
        boolean both = ordinary.isEmpty();
        Ask ask = Ask.of(first.noun() + " and " + second.noun(), prompt(first, second), words)
                .lookingFor(both ? List.of(first.noun(), second.noun()) : ordinary)
                .partOf(both ? TWO : ONE)
                .from(noise(first, second));
        return held ? ask.holding(boxes(first, second)) : ask;
    }

    private static long noise(Part first, Part second) {
        return Integer.toUnsignedLong((first.noun() + " " + second.noun()).hashCode());
    }

    private List<WordBox> boxes(Part first, Part second) {
        List<Box> boxes = ground.layout().boxes(first.noun(), second.noun());
        return List.of(new WordBox(first.word(), boxes.get(0)), new WordBox(second.word(), boxes.get(1)));
    }
}
