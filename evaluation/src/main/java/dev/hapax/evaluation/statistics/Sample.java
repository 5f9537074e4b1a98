package dev.hapax.evaluation.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Measured values, each with its key. Their order means nothing.
 *
 * @param observations at least one, with distinct keys; kept in the order of their keys
 */
public record Sample(List<Observation> observations) {
    private static final int NAMED = 3; // keys that an error names; the others are counted

    /** Puts the values into the order of their keys and checks that each key is there once. */
    public Sample {
        Map<String, Observation> sorted = new TreeMap<>();
        for (Observation observation : observations) {
            if (sorted.put(observation.key(), observation) != null) {
                throw new IllegalArgumentException(
                        "two values have the key " + observation.key() + "; name what tells them apart");
            }
        }
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("a sample needs at least one value");
        }
        observations = List.copyOf(sorted.values());
    }

    /** Independent values that pair with those at the same place of another such sample. */
    public static Sample of(double... values) {
        return new Sample(IntStream.range(0, values.length)
                .mapToObj(i -> new Observation(String.valueOf(i), String.valueOf(i), values[i]))
                .toList());
    }

    /**
     * This minus the other, value by value: the paired differences.
     *
     * @throws IllegalArgumentException if a key is in one of them only, or its groups differ
     */
    public Sample minus(Sample other) {
        Map<String, Observation> subtracted = new TreeMap<>();
        other.observations.forEach(o -> subtracted.put(o.key(), o));
        List<String> unpaired = new ArrayList<>();
        List<Observation> differences = new ArrayList<>();
        for (Observation o : observations) {
            Observation pair = subtracted.remove(o.key());
            if (pair == null) {
                unpaired.add(o.key());
            } else if (!pair.group().equals(o.group())) {
                throw new IllegalArgumentException("the group of " + o.key() + " is " + o.group()
                        + " in one sample and " + pair.group() + " in the other; give the pair one group");
            } else {
                differences.add(new Observation(o.key(), o.group(), o.value() - pair.value()));
            }
        }
        if (!unpaired.isEmpty() || !subtracted.isEmpty()) {
            throw new IllegalArgumentException("the samples do not pair: only in the first: " + named(unpaired)
                    + "; only in the second: " + named(List.copyOf(subtracted.keySet()))
                    + "; compare what was measured in both");
        }
        return new Sample(differences);
    }

    private static String named(List<String> keys) {
        if (keys.isEmpty()) {
            return "none";
        }
        String first = String.join(", ", keys.subList(0, Math.min(NAMED, keys.size())));
        return keys.size() > NAMED ? first + " and " + (keys.size() - NAMED) + " more" : first;
    }
}
