package dev.hapax.vision.ask;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.Raster;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Folders of models so small that random weights do, with the toy tokenizers of the reference numbers. */
public final class TinyModels {
    private static final int BERT = 175; // tokens of the toy vocabularies
    private static final int T5 = 124;
    private static final Map<String, Object> NORMALIZATION =
            Map.of("image_mean", List.of(0.5, 0.5, 0.5), "image_std", List.of(0.5, 0.5, 0.5));
    private static final Map<String, Object> VISION = Map.of(
            "hidden_size", 8,
            "intermediate_size", 12,
            "num_hidden_layers", 1,
            "num_attention_heads", 2,
            "image_size", 8,
            "patch_size", 4);

    private TinyModels() {}

    public static Path vilt(Path folder) throws IOException, URISyntaxException {
        Map<String, Object> config = Map.ofEntries(
                Map.entry("model_type", "vilt"),
                Map.entry("hidden_size", 8),
                Map.entry("intermediate_size", 12),
                Map.entry("num_hidden_layers", 1),
                Map.entry("num_attention_heads", 2),
                Map.entry("image_size", 16),
                Map.entry("patch_size", 4),
                Map.entry("vocab_size", BERT),
                Map.entry("max_position_embeddings", 12),
                Map.entry(
                        "id2label",
                        Map.of("0", "cat", "1", "dog", "2", "A dog", "3", "axolotl", "4", "", "5", "red", "6", "cup")));
        Map<String, Object> processor = processor("ViltImageProcessor", Map.of("shortest_edge", 12));
        processor.put("size_divisor", 4);
        return write(folder, config, processor, "bert", Vilt::of, name -> true);
    }

    /** With the output weights in the file, or tied to the words. */
    public static Path blip(Path folder, boolean tied) throws IOException, URISyntaxException {
        Map<String, Object> vision = new HashMap<>(VISION);
        vision.put("model_type", "blip_vision_model");
        Map<String, Object> text = Map.of(
                "hidden_size", 8,
                "intermediate_size", 12,
                "num_hidden_layers", 1,
                "num_attention_heads", 2,
                "vocab_size", BERT,
                "max_position_embeddings", 12,
                "bos_token_id", 20,
                "sep_token_id", 3);
        Map<String, Object> config = Map.of("model_type", "blip", "vision_config", vision, "text_config", text);
        return write(
                folder,
                config,
                processor("BlipImageProcessor", Map.of("height", 8, "width", 8)),
                "bert",
                Blip::of,
                name -> !tied || !name.contains("predictions.decoder"));
    }

    static Path blip2(Path folder, Map<String, Object> text, String tokenizer) throws IOException, URISyntaxException {
        Map<String, Object> former = Map.of(
                "hidden_size", 8,
                "intermediate_size", 12,
                "num_hidden_layers", 2,
                "num_attention_heads", 2,
                "encoder_hidden_size", 8);
        Map<String, Object> config = Map.of(
                "model_type", "blip-2",
                "vision_config", VISION,
                "qformer_config", former,
                "text_config", text,
                "num_query_tokens", 3);
        return write(
                folder,
                config,
                processor("BlipImageProcessor", Map.of("height", 8, "width", 8)),
                tokenizer,
                Blip2::of,
                name -> true);
    }

    static Map<String, Object> t5() {
        return Map.of(
                "model_type", "t5",
                "vocab_size", T5,
                "d_model", 8,
                "d_kv", 4,
                "num_heads", 2,
                "d_ff", 12,
                "num_layers", 1,
                "feed_forward_proj", "gated-gelu",
                "tie_word_embeddings", false);
    }

    static Map<String, Object> opt() {
        return Map.of(
                "model_type", "opt",
                "vocab_size", BERT,
                "hidden_size", 8,
                "ffn_dim", 12,
                "num_hidden_layers", 1,
                "num_attention_heads", 2,
                "max_position_embeddings", 64);
    }

    private static Map<String, Object> processor(String type, Map<String, Object> size) {
        Map<String, Object> config = new HashMap<>(NORMALIZATION);
        config.put("image_processor_type", type);
        config.put("size", size);
        return config;
    }

    private static Path write(
            Path folder,
            Map<String, Object> config,
            Map<String, Object> processor,
            String tokenizer,
            BiConsumer<Config, Weights> model,
            Predicate<String> stored)
            throws IOException, URISyntaxException {
        ObjectMapper json = new ObjectMapper();
        json.writeValue(folder.resolve("config.json").toFile(), config);
        json.writeValue(folder.resolve("preprocessor_config.json").toFile(), processor);
        Path toy = Path.of(Objects.requireNonNull(TinyModels.class.getResource("/goldens/tokenizer-toys/" + tokenizer))
                .toURI());
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.copy(toy.resolve(file), folder.resolve(file));
        }
        Weights weights = Weights.of(new Initializer(7));
        model.accept(Config.of(config), weights);
        Map<String, Tensor> kept = new HashMap<>();
        weights.used().forEach((name, tensor) -> {
            if (stored.test(name)) {
                kept.put(name, tensor);
            }
        });
        SafetensorsWriter.write(folder.resolve("model.safetensors"), kept, Map.of());
        return folder;
    }

    /** A picture of many colours. */
    static Raster picture(int seed) {
        byte[] samples = new byte[20 * 14 * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i * (7 + seed) % 251);
        }
        return new Raster(20, 14, 3, samples);
    }
}
