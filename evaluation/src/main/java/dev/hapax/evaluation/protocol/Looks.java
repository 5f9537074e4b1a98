package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How much something looks like each of many things.
 *
 * @param values shares or cosines, by the name of the thing
 * @param shares whether they are shares, of which those of the members make up that of a category; cosines know the
 *     category by its name
 */
record Looks(Map<String, Double> values, boolean shares) {
    /** Copies the values. */
    Looks {
        values = Map.copyOf(values);
    }

    /** What a judge has written into a result. */
    static Looks read(InventJudge judge, JsonNode result) {
        Map<String, Double> values = new LinkedHashMap<>();
        result.properties()
                .forEach(each -> values.put(each.getKey(), each.getValue().doubleValue()));
        return new Looks(values, judge == InventJudge.READER);
    }

    double like(String thing) {
        return Objects.requireNonNull(values.get(thing), () -> "nobody looked for a " + thing + " in " + values);
    }

    double category(InventedConcept concept) {
        return shares
                ? concept.kind().members().stream().mapToDouble(this::like).sum()
                : like(concept.kind().noun());
    }

    double nearest(Collection<String> things) {
        return things.stream().mapToDouble(this::like).max().orElseThrow();
    }

    double mean(List<String> things) {
        return things.stream().mapToDouble(this::like).average().orElseThrow();
    }
}
