package dev.hapax.evaluation.grid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.WriteFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.commons.statistics.descriptive.Median;

/**
 * How long work of each kind takes: the median of the last {@value #MEMORY} pieces, which the first one, slowed by
 * everything that is done once, does not move. Kept in a file, one line per piece, so that a later run can estimate
 * before it begins.
 */
final class Times {
    private static final int MEMORY = 50;

    private final Path file;
    private final Map<String, Deque<Double>> seconds = new HashMap<>();

    private Times(Path file) {
        this.file = file;
    }

    static Times open(Path file) {
        Times times = new Times(file);
        if (Files.exists(file)) {
            try (Stream<String> lines = Files.lines(file)) {
                lines.forEach(times::remember);
            } catch (IOException | java.io.UncheckedIOException e) {
                throw new CheckpointException(file + " cannot be read: " + e.getMessage() + "; delete it", e);
            }
        }
        return times;
    }

    synchronized void add(String kind, double took) {
        remember(kind, took);
        ObjectNode line = CanonicalJson.object();
        line.put("kind", kind);
        line.put("seconds", took);
        try {
            Files.writeString(
                    file, CanonicalJson.text(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new WriteFailedException(file, e);
        }
    }

    /** Seconds that a piece of this kind takes; empty if none was done yet. */
    synchronized OptionalDouble median(String kind) {
        Deque<Double> known = seconds.get(kind);
        return known == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(Median.withDefaults()
                        .evaluate(
                                known.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    private void remember(String line) {
        try {
            ObjectNode entry = CanonicalJson.object(line);
            remember(entry.path("kind").asText(), entry.path("seconds").asDouble());
        } catch (JsonProcessingException e) {
            // the end of a line that a killed process did not finish: estimates do without it
        }
    }

    private void remember(String kind, double took) {
        Deque<Double> known = seconds.computeIfAbsent(kind, k -> new ArrayDeque<>());
        known.addLast(took);
        if (known.size() > MEMORY) {
            known.removeFirst();
        }
    }
}
