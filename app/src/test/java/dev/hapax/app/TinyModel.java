package dev.hapax.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.picturebook.check.AttributeReader;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.ClipVisionEncoder;
import dev.hapax.vision.detect.Detr;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A tiny random model in a folder, for tests that go through everything. */
public final class TinyModel {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TinyModel() {}

    /** The folder of the tiny model among the reference numbers; not to be written to. */
    public static Path shared() {
        return folder("sd-tiny");
    }

    /** The folder of the tiny model for inpainting among the reference numbers; not to be written to. */
    public static Path inpainting() {
        return folder("sd-inpaint");
    }

    private static Path folder(String name) {
        try {
            return Path.of(Objects.requireNonNull(TinyModel.class.getResource("/goldens/" + name), "no tiny model")
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A copy of it. */
    public static Path copyTo(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(shared())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(shared().relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return folder;
    }

    /** A copy that can also compare images with texts: a projection of the texts and an image half of CLIP. */
    public static Path withClip(Path folder) throws IOException {
        copyTo(folder);
        Path text = folder.resolve("text_encoder");
        ObjectNode config =
                (ObjectNode) JSON.readTree(text.resolve("config.json").toFile());
        config.putArray("architectures").add("CLIPTextModelWithProjection");
        int width = config.get("projection_dim").asInt();
        JSON.writeValue(text.resolve("config.json").toFile(), config);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Initializer initializer = new Initializer(1);
        try (SafetensorsFile file = SafetensorsFile.open(text.resolve("model.safetensors"))) {
            file.names().forEach(name -> weights.put(name, file.tensor(name)));
            weights.put(
                    "text_projection.weight",
                    initializer.get(
                            "text_projection.weight",
                            width,
                            config.get("hidden_size").asInt()));
            SafetensorsWriter.write(text.resolve("model.safetensors"), weights, Map.of());
        }
        Map<String, Object> vision = Map.of(
                "hidden_act",
                "gelu",
                "hidden_size",
                16,
                "image_size",
                16,
                "intermediate_size",
                32,
                "num_attention_heads",
                2,
                "num_hidden_layers",
                1,
                "patch_size",
                8,
                "projection_dim",
                width);
        Weights declared = Weights.of(initializer);
        ClipVisionEncoder.of(Config.of(vision), declared);
        Path image = Files.createDirectories(folder.resolve("image_encoder"));
        JSON.writeValue(image.resolve("config.json").toFile(), vision);
        SafetensorsWriter.write(image.resolve("model.safetensors"), declared.used(), Map.of());
        Path processor = Files.createDirectories(folder.resolve("feature_extractor"));
        JSON.writeValue(
                processor.resolve("preprocessor_config.json").toFile(),
                Map.of(
                        "size", Map.of("shortest_edge", 16),
                        "crop_size", Map.of("width", 16, "height", 16),
                        "resample", 3,
                        "image_mean", List.of(0.5, 0.5, 0.5),
                        "image_std", List.of(0.5, 0.5, 0.5)));
        return folder;
    }

    /** A copy with CLIP, an attribute reader in its folder {@code reader}, and a detector in {@code detector}. */
    public static Path withJudges(Path folder) throws IOException {
        Path reader = Files.createDirectories(withClip(folder).resolve("reader"));
        Map<String, Object> config = new TreeMap<>(AttributeReader.labels());
        config.put("block_out_channels", List.of(4, 8));
        config.put("layers_per_block", 1);
        config.put("norm_num_groups", 4);
        JSON.writeValue(reader.resolve("config.json").toFile(), config);
        Weights weights = Weights.of(new Initializer(1));
        AttributeReader.of(Config.of(config), weights);
        SafetensorsWriter.write(reader.resolve("model.safetensors"), weights.used(), Map.of());
        writeDetector(Files.createDirectories(folder.resolve("detector")));
        return folder;
    }

    private static void writeDetector(Path folder) throws IOException {
        Map<String, Object> names = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            names.put(Integer.toString(names.size()), kind.word());
        }
        Map<String, Object> config = new TreeMap<>(Map.of(
                "backbone_config",
                Map.of("depths", List.of(1), "hidden_sizes", List.of(8), "embedding_size", 4),
                "d_model",
                8,
                "num_queries",
                3,
                "encoder_layers",
                0,
                "decoder_layers",
                1,
                "decoder_attention_heads",
                2,
                "decoder_ffn_dim",
                8,
                "id2label",
                names));
        JSON.writeValue(folder.resolve("config.json").toFile(), config);
        JSON.writeValue(
                folder.resolve("preprocessor_config.json").toFile(),
                Map.of(
                        "image_processor_type", "DetrImageProcessor",
                        "size", Map.of("shortest_edge", 16, "longest_edge", 32),
                        "image_mean", List.of(0.5, 0.5, 0.5),
                        "image_std", List.of(0.5, 0.5, 0.5)));
        Weights weights = Weights.of(new Initializer(1));
        Detr.of(Config.of(config), weights);
        SafetensorsWriter.write(folder.resolve("model.safetensors"), weights.used(), Map.of());
    }

    /** A picture of many colours. */
    public static Path picture(Path file) {
        BufferedImage image = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 24 * 20; i++) {
            image.setRGB(i % 24, i / 24, i * 7919);
        }
        return write(file, image);
    }

    /** A mask for it: the right half is white. */
    public static Path mask(Path file) {
        BufferedImage image = new BufferedImage(24, 20, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 24 * 20; i++) {
            image.setRGB(i % 24, i / 24, i % 24 < 12 ? 0 : 0xFFFFFF);
        }
        return write(file, image);
    }

    private static Path write(Path file, BufferedImage image) {
        try {
            ImageIO.write(image, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
