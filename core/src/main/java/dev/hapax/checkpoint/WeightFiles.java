package dev.hapax.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which files of a folder hold a model's weights, by the naming rules of diffusers and transformers. */
final class WeightFiles {
    // model.safetensors, model.fp16.safetensors, model.safetensors.index.json, and the index of a variant in both
    // spellings: model.fp16.safetensors.index.json and model.safetensors.index.fp16.json
    private static final Pattern NAME = Pattern.compile("(?:diffusion_pytorch_model|model)(?:\\.([A-Za-z0-9_]+))?"
            + "\\.safetensors(\\.index(?:\\.([A-Za-z0-9_]+))?\\.json)?");

    private WeightFiles() {}

    /**
     * The safetensors files of the model in {@code folder}, in the order of their names: the plain ones, else those of
     * the only variant there is.
     */
    static List<Path> in(Path folder) {
        TreeMap<String, Path> byVariant = new TreeMap<>();
        boolean legacy = false;
        for (Path file : files(folder)) {
            String name = file.getFileName().toString();
            Matcher matcher = NAME.matcher(name);
            legacy |= name.endsWith(".bin");
            if (matcher.matches()) {
                String variant = matcher.group(1) != null ? matcher.group(1) : matcher.group(3);
                // files come sorted: a whole file is met before the index of the same variant, and wins
                byVariant.putIfAbsent(variant == null ? "" : variant, file);
            }
        }
        if (byVariant.isEmpty()) {
            throw new CheckpointException(folder + " has no weights: expected diffusion_pytorch_model.safetensors or"
                    + " model.safetensors"
                    + (legacy ? "; it has .bin files: convert them to safetensors" : ""));
        }
        if (!byVariant.containsKey("") && byVariant.size() > 1) {
            throw new CheckpointException(folder + " has weights in the variants " + byVariant.keySet()
                    + " and none without; keep one of them");
        }
        Path chosen = byVariant.firstEntry().getValue();
        return chosen.toString().endsWith(".json") ? shards(chosen) : List.of(chosen);
    }

    /** Whether {@code folder} holds weights at all. */
    static boolean present(Path folder) {
        return files(folder).stream()
                .anyMatch(file -> NAME.matcher(file.getFileName().toString()).matches());
    }

    private static List<Path> shards(Path index) {
        TreeSet<String> names = new TreeSet<>();
        JsonNode map = Config.read(index).object("weight_map").json();
        map.forEach(file -> names.add(file.asText()));
        for (String name : names) {
            if (name.contains("/") || name.contains("\\") || !Files.isRegularFile(index.resolveSibling(name))) {
                throw new CheckpointException(index + " names the file " + name + ", which is not beside it");
            }
        }
        return names.stream().map(index::resolveSibling).toList();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new CheckpointException(folder + " cannot be listed: " + e.getMessage(), e);
        }
    }
}
