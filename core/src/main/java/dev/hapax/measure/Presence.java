package dev.hapax.measure;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Whether things are in an image, by CLIP: an image shows k things, and a thing counts as present if its text is among the
 * k nearest of all candidates. With one thing this is CLIP's zero-shot classification (Radford et al. 2021, section 3.1);
 * that k things may fill the first k places is our choice.
 */
public final class Presence {
    private Presence() {}

    /**
     * The share of the things that are present.
     *
     * @param candidates the text of each thing that could be there, by its name; at least one more than {@code things}
     * @param things names of those that should be there, each once
     * @return in [0, 1]
     * @throws IllegalArgumentException if a thing is no candidate, or every candidate is to be there
     */
    public static double of(Embedding image, Map<String, Embedding> candidates, Collection<String> things) {
        if (things.isEmpty()
                || candidates.size() <= things.size()
                || !candidates.keySet().containsAll(things)) {
            throw new IllegalArgumentException("presence asks for some of the candidates and not for all, got " + things
                    + " of " + candidates.keySet());
        }
        List<String> nearest = nearest(image, candidates, things.size());
        return things.stream().filter(nearest::contains).count() / (double) things.size();
    }

    /** The names of the k candidates whose texts are nearest to the image, the nearest first. */
    public static List<String> nearest(Embedding image, Map<String, Embedding> candidates, int k) {
        return candidates.entrySet().stream()
                .sorted(Comparator.comparingDouble(candidate -> -image.cosine(candidate.getValue())))
                .limit(k)
                .map(Map.Entry::getKey)
                .toList();
    }
}
