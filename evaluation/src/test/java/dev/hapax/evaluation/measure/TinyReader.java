package dev.hapax.evaluation.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.picturebook.check.AttributeReader;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A tiny random attribute reader in a folder. */
final class TinyReader {
    private TinyReader() {}

    static Path in(Path folder) throws IOException {
        return in(folder, 0);
    }

    /** One that sees every kind in every cell. */
    static Path sure(Path folder) throws IOException {
        return in(folder, 40);
    }

    private static Path in(Path folder, double bias) throws IOException {
        Files.createDirectories(folder);
        Map<String, Object> config = new TreeMap<>(AttributeReader.labels());
        config.put("block_out_channels", List.of(4, 8));
        config.put("layers_per_block", 1);
        config.put("norm_num_groups", 4);
        new ObjectMapper().writeValue(folder.resolve("config.json").toFile(), config);
        try (Scope scope = Scope.open()) {
            Weights weights = Weights.of(new Initializer(1));
            AttributeReader.of(Config.of(config), weights);
            Map<String, Tensor> used = new TreeMap<>(weights.used());
            used.computeIfPresent("kinds.bias", (name, value) -> value.plus(bias));
            SafetensorsWriter.write(folder.resolve("model.safetensors"), used, Map.of());
        }
        return folder;
    }
}
