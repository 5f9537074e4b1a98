package dev.hapax.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.WriteFailedException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Writes {@code metrics.jsonl}: one line for each step, on the disk whenever {@link #flush} returns. */
public final class MetricsLog implements AutoCloseable {
    private final Path file;
    private final Writer writer;

    private MetricsLog(Path file, Writer writer) {
        this.file = file;
        this.writer = writer;
    }

    /** Opens the log of a run that has done so many steps; what a killed run wrote beyond them is cut off. */
    static MetricsLog open(Path file, long steps) {
        try {
            StringBuilder kept = new StringBuilder();
            if (steps > 0 && Files.exists(file)) {
                Files.readAllLines(file).stream()
                        .limit(steps)
                        .forEach(line -> kept.append(line).append('\n'));
            }
            AtomicFile.write(file, kept.toString().getBytes(StandardCharsets.UTF_8));
            return new MetricsLog(file, Files.newBufferedWriter(file, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new WriteFailedException(file, e);
        }
    }

    void add(Metric metric) {
        try {
            writer.write(metric.toLine());
            writer.write('\n');
        } catch (IOException e) {
            throw new WriteFailedException(file, e);
        }
    }

    void flush() {
        try {
            writer.flush();
        } catch (IOException e) {
            throw new WriteFailedException(file, e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new WriteFailedException(file, e);
        }
    }

    /**
     * Reads the numbers of a run.
     *
     * @throws CheckpointException if the file is missing or damaged
     */
    public static List<Metric> read(Path file) {
        List<Metric> metrics = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                metrics.add(Metric.ofLine(line));
            }
        } catch (JsonProcessingException e) {
            throw new CheckpointException(
                    file + " is damaged in line " + (metrics.size() + 1) + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new CheckpointException(file + " cannot be read: " + e.getMessage(), e);
        }
        return metrics;
    }
}
