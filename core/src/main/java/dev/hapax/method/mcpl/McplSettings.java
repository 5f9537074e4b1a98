package dev.hapax.method.mcpl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of MCPL's regularisers act, and how strongly.
 *
 * @param attentionMask whether the denoising loss is confined to where the words look (AttnMask)
 * @param maskThreshold k: share of a word's largest attention above which a pixel belongs to it, in (0, 1); paper: 0.5
 * @param mapMemory how much of the running mean of attention maps stays from step to step, in [0, 1); stands in for the
 *     paper's mean over all timesteps, which one training step does not see
 * @param contrastWeight gamma of PromptCL; 0 switches it off
 * @param temperature tau of PromptCL, positive
 * @param adjectives for a placeholder, the ordinary word that shares its group in PromptCL (Bind adj.)
 * @param space which representation PromptCL compares
 */
public record McplSettings(
        boolean attentionMask,
        double maskThreshold,
        double mapMemory,
        double contrastWeight,
        double temperature,
        Map<String, String> adjectives,
        Space space) {

    /** What PromptCL compares. */
    public enum Space {
        /** The learned vectors themselves. */
        INPUT,
        /** The text encoder's output at the words, as the authors' code does. */
        OUTPUT
    }

    private static final double THRESHOLD = 0.5; // paper; the authors' training code uses 0.3 on a joint map
    private static final double MEMORY = 0.9; // our choice, see decision 5

    /** No regulariser: plain joint textual inversion. */
    public static final McplSettings PLAIN = new McplSettings(false, THRESHOLD, MEMORY, 0, 0.2, Map.of(), Space.OUTPUT);

    /** PromptCL alone, with the authors' weights for this case: tau 0.2, gamma 0.0005. */
    public static final McplSettings PROMPT_CL =
            new McplSettings(false, THRESHOLD, MEMORY, 0.0005, 0.2, Map.of(), Space.OUTPUT);

    /** PromptCL and AttnMask, with the authors' weights for this case: tau 0.3, gamma 0.00075. */
    public static final McplSettings FULL =
            new McplSettings(true, THRESHOLD, MEMORY, 0.00075, 0.3, Map.of(), Space.OUTPUT);

    /** Checks the ranges and copies the map. */
    public McplSettings {
        adjectives = Map.copyOf(adjectives);
        if (!(maskThreshold > 0 && maskThreshold < 1)
                || !(mapMemory >= 0 && mapMemory < 1)
                || !(contrastWeight >= 0)
                || !(temperature > 0)) {
            throw new IllegalArgumentException("mask threshold must be in (0, 1), map memory in [0, 1), contrast weight"
                    + " >= 0, temperature > 0; got " + maskThreshold + ", " + mapMemory + ", " + contrastWeight + ", "
                    + temperature);
        }
    }

    /** The same with adjectives bound to placeholders. */
    public McplSettings withAdjectives(Map<String, String> bound) {
        return new McplSettings(attentionMask, maskThreshold, mapMemory, contrastWeight, temperature, bound, space);
    }

    /** The same with other strengths of PromptCL. */
    public McplSettings withContrast(double weight, double tau) {
        return new McplSettings(attentionMask, maskThreshold, mapMemory, weight, tau, adjectives, space);
    }

    /** The same with AttnMask on or off. */
    public McplSettings withMask(boolean mask) {
        return new McplSettings(mask, maskThreshold, mapMemory, contrastWeight, temperature, adjectives, space);
    }

    /** For MCPL-all, where the adjective {@code w} is itself learned as {@code <w>}. */
    McplSettings withLearnedAdjectives() {
        Map<String, String> learned = new LinkedHashMap<>();
        adjectives.forEach((word, adjective) -> learned.put(word, "<" + adjective + ">"));
        return withAdjectives(learned);
    }

    /** The words of each concept: its placeholder, and its adjective if one is bound. */
    List<List<String>> groups(List<String> concepts) {
        adjectives.keySet().stream()
                .filter(word -> !concepts.contains(word))
                .findFirst()
                .ifPresent(word -> {
                    throw new IllegalArgumentException(
                            "an adjective is bound to " + word + ", which is none of the words " + concepts);
                });
        List<List<String>> groups = new ArrayList<>();
        for (String concept : concepts) {
            String adjective = adjectives.get(concept);
            groups.add(adjective == null ? List.of(concept) : List.of(concept, adjective));
        }
        return groups;
    }
}
