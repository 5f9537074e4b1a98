package dev.hapax.vision.detect;

import static dev.hapax.vision.detect.TinyDetr.pictures;
import static dev.hapax.vision.detect.TinyDetr.small;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations, and the names and shapes of the parameters that follow from them. */
class DetrWeightsTest {
    /** Answers every name with zeros of the shape that is asked for, which take no memory. */
    private static final Weights.Source EMPTY = new Weights.Source() {
        @Override
        public boolean has(String name) {
            return false;
        }

        @Override
        public Tensor get(String name, long... shape) {
            return Tensor.zeros(DType.FLOAT32, 1).expand(shape);
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }
    };

    private static Config published(String backbone) {
        Map<String, String> labels =
                IntStream.range(0, 91).boxed().collect(Collectors.toMap(String::valueOf, i -> "LABEL_" + i));
        return Config.of(Map.ofEntries(
                Map.entry("model_type", "detr"),
                Map.entry("backbone", backbone),
                Map.entry("d_model", 256),
                Map.entry("num_queries", 100),
                Map.entry("encoder_layers", 6),
                Map.entry("encoder_attention_heads", 8),
                Map.entry("encoder_ffn_dim", 2048),
                Map.entry("decoder_layers", 6),
                Map.entry("decoder_attention_heads", 8),
                Map.entry("decoder_ffn_dim", 2048),
                Map.entry("id2label", labels)));
    }

    private static Map<String, String> shapes(Config config) {
        try (Scope scope = Scope.open()) {
            Weights weights = Weights.of(EMPTY);
            Detr.of(config, weights);
            return weights.used().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            entry -> Arrays.stream(entry.getValue().shape())
                                    .mapToObj(Long::toString)
                                    .collect(Collectors.joining("x")),
                            (a, b) -> a,
                            TreeMap::new));
        }
    }

    @Test
    void parametersOfTheRealModelHaveTheNamesAndShapesOfTransformers() throws IOException {
        Map<String, String> ours = shapes(published("resnet50"));
        assertEquals(530, ours.size());
        assertEquals(listed("keys-resnet50-hf-backbone.txt"), ours);
        Map<String, String> timm = new TreeMap<>();
        ours.forEach((name, shape) -> timm.put(DetrWeights.timm(name), shape));
        assertEquals(listed("keys-resnet50.txt"), timm);
    }

    private static Map<String, String> listed(String file) throws IOException {
        return text(file)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .collect(Collectors.toMap(fields -> fields[0], fields -> fields[2], (a, b) -> a, TreeMap::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet50", "resnet101"})
    void everyNameOfTimmIsFound(String backbone) throws IOException {
        Config names = Config.parse(backbone, text("timm-to-hf-" + backbone + ".json"));
        Set<String> ours = shapes(published(backbone)).keySet();
        Map<String, String> pairs = new TreeMap<>();
        names.json().properties().forEach(pair -> pairs.put(pair.getValue().asText(), pair.getKey()));
        assertTrue(ours.containsAll(pairs.keySet()));
        assertTrue(pairs.size() > 200, () -> "only " + pairs.size());
        pairs.forEach((name, timm) -> assertEquals(timm, DetrWeights.timm(name)));
    }

    private static String text(String file) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(DetrWeightsTest.class.getResourceAsStream("/goldens/detr/" + file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aFileWithTimmsNamesGivesTheSameGuesses() {
        try (Scope scope = Scope.open()) {
            Weights made = Weights.of(new Initializer(1));
            DetrOutput expected = Detr.of(small(Map.of()), made).detect(pictures());
            Map<String, Tensor> timm = new HashMap<>();
            made.used().forEach((name, tensor) -> timm.put(DetrWeights.timm(name), tensor));
            Weights stored = Weights.of(new Weights.Source() {
                @Override
                public boolean has(String name) {
                    return timm.containsKey(name);
                }

                @Override
                public Tensor get(String name, long... shape) {
                    return Objects.requireNonNull(timm.get(name), name);
                }

                @Override
                public Set<String> names() {
                    return timm.keySet();
                }
            });
            DetrWeights weights = new DetrWeights(stored);
            DetrOutput output = Detr.of(small(Map.of()), Weights.of(weights)).detect(pictures());
            assertArrayEquals(expected.logits().toFloats(), output.logits().toFloats());
            assertEquals(Set.of(), stored.unused());
            assertEquals(timm.keySet(), weights.names());
        }
    }

    @Test
    void whatIsNotReadIsRefused() {
        assertMessage("\"dilation\" is true", Map.of("dilation", true));
        assertMessage("\"model_type\" must be detr", Map.of("model_type", "yolos"));
        assertMessage("\"position_embedding_type\" sine, got \"detr\" and \"learned\"", learned());
        Map<String, Object> swin = Map.of("model_type", "swin", "depths", List.of(1), "hidden_sizes", List.of(4));
        assertMessage("\"model_type\" must be resnet", Map.of("backbone_config", swin));
        Map<String, Object> early =
                Map.of("depths", List.of(1, 1), "hidden_sizes", List.of(4, 8), "out_features", List.of("stage1"));
        assertMessage("\"out_features\" must end with stage2", Map.of("backbone_config", early));
        CheckpointException unknown =
                assertThrows(CheckpointException.class, () -> shapes(published("resnet18.a1_in1k")));
        assertTrue(String.valueOf(unknown.getMessage()).contains("resnet50 or resnet101"), unknown.getMessage());
    }

    private static Map<String, Object> learned() {
        return Map.of("position_embedding_type", "learned");
    }

    private static void assertMessage(String part, Map<String, Object> more) {
        CheckpointException error = assertThrows(CheckpointException.class, () -> shapes(small(more)));
        assertTrue(String.valueOf(error.getMessage()).contains(part), error.getMessage());
    }

    @Test
    void aBackboneOfBasicBlocksIsReadToo() {
        Map<String, Object> basic = Map.of(
                "depths",
                List.of(1, 1),
                "hidden_sizes",
                List.of(8, 16),
                "embedding_size",
                8,
                "layer_type",
                "basic",
                "downsample_in_first_stage",
                true);
        Config config = small(Map.of("backbone_config", basic));
        Map<String, String> shapes = shapes(config);
        String stage = "model.backbone.conv_encoder.model.encoder.stages.1.layers.0.";
        assertEquals("16x8x3x3", shapes.get(stage + "layer.0.convolution.weight"));
        assertEquals("16x16x3x3", shapes.get(stage + "layer.1.convolution.weight"));
        assertEquals("16x8x1x1", shapes.get(stage + "shortcut.convolution.weight"));
        try (Scope scope = Scope.open()) {
            DetrStates states = Detr.of(config, Weights.of(new Initializer(1))).states(pictures());
            assertArrayEquals(new long[] {1, 8, 3, 4}, states.features().get(1).shape());
            assertArrayEquals(new long[] {1, 16, 2, 2}, states.features().get(2).shape());
        }
    }
}
