package dev.hapax.checkpoint;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a part of a model folder is, read from its configuration and the headers of its weight files.
 *
 * @param name the part's folder; empty for a model that lies in the folder itself
 * @param className the class that diffusers or transformers load it with; empty if its configuration names none
 * @param parameters how many numbers by their stored type; empty for a part without weights
 * @param bytes the size of the weight files
 */
public record PartSummary(String name, String className, Map<DType, Long> parameters, long bytes) {
    /** Copies the map. */
    public PartSummary {
        parameters = Collections.unmodifiableMap(
                parameters.isEmpty() ? new EnumMap<>(DType.class) : new EnumMap<>(parameters));
    }

    /** The number of parameters of all types. */
    public long count() {
        return parameters.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Looks at a part.
     *
     * @throws CheckpointException if there is no such part, or its weights are damaged
     */
    public static PartSummary of(ModelFolder folder, String name) {
        Map<DType, Long> parameters = new EnumMap<>(DType.class);
        long bytes = 0;
        Path path = folder.path(name);
        if (WeightFiles.present(path)) {
            for (Path file : WeightFiles.in(path)) {
                bytes += size(file);
                try (SafetensorsFile weights = SafetensorsFile.open(file)) {
                    for (String tensor : weights.names()) {
                        parameters.merge(weights.dtype(tensor), Shape.elements(weights.shape(tensor)), Long::sum);
                    }
                }
            }
        }
        return new PartSummary(name, className(folder.config(name)), parameters, bytes);
    }

    private static String className(Config config) {
        if (config.has("architectures") && !config.texts("architectures").isEmpty()) {
            return config.texts("architectures").get(0);
        }
        return config.text("_class_name", config.text("tokenizer_class", config.text("feature_extractor_type", "")));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new CheckpointException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
