package dev.hapax.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.learning.StepReport;
import dev.hapax.tensor.Scope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers of one training step.
 *
 * @param step how many steps were done with this one
 * @param losses each term's weighted value by its name
 * @param readings what terms tell beside their values, such as weights that they found by themselves
 * @param norms the Euclidean length of each word's vectors after the step, their mean where there are several
 */
public record Metric(long step, Map<String, Double> losses, Map<String, Double> readings, Map<String, Double> norms) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Keeps the order. */
    public Metric {
        losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
        readings = Collections.unmodifiableMap(new LinkedHashMap<>(readings));
        norms = Collections.unmodifiableMap(new LinkedHashMap<>(norms));
    }

    static Metric of(StepReport report) {
        Map<String, Double> norms = new LinkedHashMap<>();
        try (Scope scope = Scope.open()) {
            for (String word : report.words().words()) {
                norms.put(
                        word, report.words().rows(word).detach().norm(1).mean().item());
            }
        }
        return new Metric(report.step() + 1, report.losses(), report.readings(), norms);
    }

    /** The sum of the losses. */
    public double total() {
        return losses.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    String toLine() {
        ObjectNode node = JSON.createObjectNode();
        node.put("step", step);
        node.put("loss", total());
        losses.forEach(node.putObject("losses")::put);
        if (!readings.isEmpty()) {
            readings.forEach(node.putObject("readings")::put);
        }
        norms.forEach(node.putObject("norms")::put);
        return node.toString();
    }

    static Metric ofLine(String line) throws JsonProcessingException {
        JsonNode node = JSON.readTree(line);
        return new Metric(
                node.path("step").asLong(),
                numbers(node.path("losses")),
                numbers(node.path("readings")),
                numbers(node.path("norms")));
    }

    private static Map<String, Double> numbers(JsonNode node) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> numbers.put(entry.getKey(), entry.getValue().asDouble()));
        return numbers;
    }
}
