package dev.hapax.evaluation.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.Scope;
import dev.hapax.vision.detect.Detr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A tiny random detector of cats and dogs in a folder. */
final class TinyDetector {
    private static final Map<String, Object> CONFIG = Map.of(
            "backbone_config",
            Map.of("depths", List.of(1, 1), "hidden_sizes", List.of(8, 16), "embedding_size", 4),
            "d_model",
            8,
            "num_queries",
            5,
            "encoder_layers",
            1,
            "encoder_attention_heads",
            2,
            "encoder_ffn_dim",
            16,
            "decoder_layers",
            1,
            "decoder_attention_heads",
            2,
            "decoder_ffn_dim",
            16,
            "id2label",
            Map.of("0", "cat", "1", "dog"));

    private TinyDetector() {}

    static Path in(Path folder) throws IOException {
        Files.createDirectories(folder);
        ObjectMapper json = new ObjectMapper();
        json.writeValue(folder.resolve("config.json").toFile(), CONFIG);
        json.writeValue(
                folder.resolve("preprocessor_config.json").toFile(),
                Map.of(
                        "image_processor_type",
                        "DetrImageProcessor",
                        "image_mean",
                        List.of(0.5, 0.5, 0.5),
                        "image_std",
                        List.of(0.5, 0.5, 0.5),
                        "size",
                        Map.of("shortest_edge", 32, "longest_edge", 64)));
        try (Scope scope = Scope.open()) {
            Weights weights = Weights.of(new Initializer(1));
            Detr.of(Config.of(CONFIG), weights);
            SafetensorsWriter.write(folder.resolve("model.safetensors"), weights.used(), Map.of());
        }
        return folder;
    }
}
