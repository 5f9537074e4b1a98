package dev.hapax.vision.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
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

class DetrTest {
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

    private static Config small(Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(Map.of(
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
                2,
                "decoder_attention_heads",
                2,
                "id2label",
                Map.of("0", "cat", "1", "dog")));
        values.put("decoder_ffn_dim", 16);
        values.putAll(more);
        return Config.of(values);
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
        try (InputStream in = Objects.requireNonNull(DetrTest.class.getResourceAsStream("/goldens/detr/" + file))) {
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

    private static PictureBatch pictures() {
        return PictureBatch.whole(new Rng(2).normal(Purpose.NOISE, 0, 0, 1, 3, 20, 26));
    }

    @Test
    void whatFillsAFrameChangesNothing() {
        try (Scope scope = Scope.open()) {
            Detr detr = Detr.of(small(Map.of()), Weights.of(new Initializer(1)));
            // 16 x 16 pixels alone and in a frame of 16 x 32: the features end at the edge, where zeros follow anyway
            Tensor picture = new Rng(2).normal(Purpose.NOISE, 0, 0, 1, 3, 16, 16);
            Tensor zeros = Tensor.zeros(DType.FLOAT32, 1, 3, 16, 16);
            Tensor mask = Tensor.ones(DType.FLOAT32, 1, 16, 16);
            PictureBatch framed = new PictureBatch(
                    Tensor.cat(List.of(picture, zeros), 3), Tensor.cat(List.of(mask, mask.zerosLike()), 2));
            DetrStates alone = detr.states(PictureBatch.whole(picture));
            DetrStates inFrame = detr.states(framed);
            assertArrayEquals(
                    new float[] {1, 1, 0, 0, 1, 1, 0, 0}, inFrame.mask().toFloats());
            // the projected cells are made the same, so that only mask and positions are looked at
            float[] looks = detr.looks(inFrame).sum(false, 0, 1, 2).toFloats(); // (cells)
            for (int cell : new int[] {2, 3, 6, 7}) {
                assertEquals(0, looks[cell]);
            }
            assertArrayEquals(
                    alone.positions().toFloats(),
                    inFrame.positions().narrow(3, 0, 2).toFloats(),
                    1e-6f);
        }
    }

    @Test
    void theLossOfAllLayersReachesEveryParameter() {
        try (Scope scope = Scope.open()) {
            Weights weights = Weights.of(new Initializer(1));
            Detr detr = Detr.of(small(Map.of("auxiliary_loss", true)), weights);
            weights.used().values().forEach(weight -> weight.requiresGrad(true));
            DetrStates states = detr.states(pictures());
            assertEquals(1, detr.auxiliary(states).size());
            GroundTruth truth = new GroundTruth(List.of(1), List.of(new Box(0.1, 0.2, 0.6, 0.9)));
            Tensor loss = DetrLoss.DEFAULT.of(detr, states, List.of(truth));
            double last = DetrLoss.DEFAULT
                    .of(detr.output(states.last()), List.of(truth))
                    .item();
            double earlier = DetrLoss.DEFAULT
                    .of(detr.auxiliary(states).get(0), List.of(truth))
                    .item();
            assertEquals(last + earlier, loss.item(), 1e-5);
            List<String> names = List.copyOf(weights.used().keySet());
            List<Tensor> gradients =
                    Gradients.of(loss, List.copyOf(weights.used().values()));
            for (int i = 0; i < names.size(); i++) {
                // a bias of keys moves all scores of a query alike; the first layer's queries are zero, so it does not
                // matter who looks at whom
                boolean idle = names.get(i).endsWith("k_proj.bias")
                        || names.get(i).startsWith("model.decoder.layers.0.self_attn");
                double size = gradients.get(i).abs().sum().item();
                assertTrue(idle || size > 0, names.get(i) + " has a gradient of size " + size);
            }
        }
    }

    @Test
    void auxiliaryLossPutsANormBetweenTheLayersOfTheDecoder() {
        try (Scope scope = Scope.open()) {
            Weights.Source random = new Weights.Source() {
                @Override
                public boolean has(String name) {
                    return true;
                }

                @Override
                public Tensor get(String name, long... shape) {
                    Tensor normal = new Rng(name.hashCode()).normal(Purpose.NOISE, 0, 0, shape);
                    return name.endsWith("running_var") ? normal.abs() : normal;
                }

                @Override
                public Set<String> names() {
                    return Set.of();
                }
            };
            Detr one = Detr.of(small(Map.of("decoder_layers", 1)), Weights.of(random));
            Detr two = Detr.of(small(Map.of()), Weights.of(random));
            Detr withLoss = Detr.of(small(Map.of("auxiliary_loss", true)), Weights.of(random));
            float[] normalised = one.states(pictures()).last().toFloats();
            assertArrayEquals(
                    normalised, withLoss.states(pictures()).decoded().get(1).toFloats(), 1e-5f);
            float[] plain = two.states(pictures()).decoded().get(1).toFloats();
            assertTrue(Math.abs(plain[0] - normalised[0]) > 0.01);
            assertEquals(List.of(), two.auxiliary(two.states(pictures())));
        }
    }

    @Test
    void untrainedBatchNormalisationChangesNothing() {
        try (Scope scope = Scope.open()) {
            Tensor x = pictures().pixels();
            FrozenBatchNorm norm =
                    FrozenBatchNorm.of(Weights.of(new Initializer(1)).at("bn"), 3);
            assertArrayEquals(x.toFloats(), norm.apply(x).toFloats(), 1e-4f);
        }
    }

    @Test
    void onlyWhatExceedsTheThresholdIsFound() {
        try (Scope scope = Scope.open()) {
            float even = (float) Math.log(0.5);
            float[] logits = {even, (float) Math.log(0.3), (float) Math.log(0.2), 0, 0, 5};
            float[] boxes = {0.5f, 0.25f, 0.5f, 0.5f, 0.5f, 0.5f, 1, 1};
            DetrOutput output = new DetrOutput(Tensor.of(logits, 1, 2, 3), Tensor.of(boxes, 1, 2, 4));
            List<Detection> found = output.detections(0, 0.4, List.of("cat", "dog"));
            assertEquals(1, found.size());
            assertEquals("cat", found.get(0).label());
            assertEquals(0.5, found.get(0).score(), 1e-6);
            assertEquals(new Box(0.25, 0, 0.75, 0.5), found.get(0).box());
            assertEquals(List.of(), output.detections(0, 0.6, List.of("cat", "dog")));
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
