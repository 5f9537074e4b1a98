package dev.hapax.picturebook.recipe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes trained parts into a model folder: {@code config.json} and fp16 weights. */
final class Parts {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private Parts() {}

    static boolean has(Path out, String part) {
        return Files.exists(weights(out, part));
    }

    /** The file that a part's weights are in: transformers' name for encoders and the detector, diffusers' for others. */
    static Path weights(Path out, String part) {
        boolean transformers = part.endsWith("encoder") || part.equals("detector");
        return out.resolve(part).resolve(transformers ? "model.safetensors" : "diffusion_pytorch_model.safetensors");
    }

    static void save(Path out, String part, Config config, Map<String, Tensor> parameters, Map<String, String> metadata)
            throws IOException {
        Path file = weights(out, part);
        Files.createDirectories(file.getParent());
        writeJson(file.resolveSibling("config.json"), JSON.convertValue(config.json(), Map.class)); // a map is sorted
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> halves = new LinkedHashMap<>();
            parameters.forEach(
                    (name, tensor) -> halves.put(name, tensor.to(DType.FLOAT16).contiguous()));
            Map<String, String> all = new LinkedHashMap<>(metadata);
            all.put("format", "pt");
            SafetensorsWriter.write(file, halves, all);
        }
    }

    /** What a part's file says of itself beside its parameters. */
    static Map<String, String> metadata(Path model, String part) {
        try (SafetensorsFile file = SafetensorsFile.open(weights(model, part))) {
            return file.metadata();
        }
    }

    /** A part's parameters, fp32, to be trained on. */
    static Map<String, Tensor> load(Path model, String part) {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(weights(model, part));
                Scope scope = Scope.open()) {
            file.names()
                    .forEach(name -> parameters.put(
                            name, file.tensor(name).to(DType.FLOAT32).copy().keep()));
        }
        return parameters;
    }

    /** Copies the files of a model that {@code out} lacks, those of one part excepted. */
    static void adopt(Path model, Path out, String except) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(model)) {
            files = all.filter(Files::isRegularFile)
                    .map(model::relativize)
                    .filter(file -> !file.startsWith(except))
                    .toList();
        }
        for (Path file : files) {
            Path target = out.resolve(file);
            if (!Files.exists(target)) {
                Files.createDirectories(target.getParent());
                Files.copy(model.resolve(file), target);
            }
        }
    }

    static void writeJson(Path file, Object value) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.writeValueAsString(value) + "\n");
    }
}
