package dev.hapax.lora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class LoraFileTest {
    private static final String BLOCK = "down_blocks.0.attentions.0.transformer_blocks.0.attn2.";
    private static final String TEXT = "text_model.encoder.layers.0.self_attn.";

    @TempDir
    Path folder;

    /** Every spelling leads to the same module. */
    @Test
    void namings() {
        Map<String, String> unet = Map.ofEntries(
                Map.entry("unet." + BLOCK + "to_k.lora.%s.weight", "to_k"),
                Map.entry("unet." + BLOCK + "processor.to_k_lora.%s.weight", "to_k"),
                Map.entry(BLOCK + "processor.to_v_lora.%s.weight", "to_v"),
                Map.entry(BLOCK + "processor.to_out_lora.%s.weight", "to_out.0"),
                Map.entry("unet." + BLOCK + "to_out.0.lora.%s.weight", "to_out.0"),
                Map.entry(
                        "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_out_0.lora_%s.weight",
                        "to_out.0"),
                Map.entry("lora_unet_input_blocks_1_1_transformer_blocks_0_attn2_to_k.lora_%s.weight", "to_k"));
        unet.forEach((name, module) -> {
            LoraChange change = on("unet", write("x", pair(name, 2)));
            assertEquals(Set.of(BLOCK + module + ".weight"), change.factors().keySet(), name);
        });
        Map<String, String> text = Map.of(
                "text_encoder." + TEXT + "q_proj.lora_linear_layer.%s.weight",
                "q_proj",
                TEXT + "q_proj.lora_linear_layer.%s.weight",
                "q_proj",
                "text_encoder." + TEXT + "to_q_lora.%s.weight",
                "q_proj",
                "text_encoder." + TEXT + "to_out_lora.%s.weight",
                "out_proj",
                "lora_te_text_model_encoder_layers_0_self_attn_out_proj.lora_%s.weight",
                "out_proj",
                "lora_te1_text_model_encoder_layers_0_self_attn_q_proj.lora_%s.weight",
                "q_proj");
        text.forEach((name, module) -> {
            LoraChange change = on("text_encoder", write("x", pair(name, 2)));
            assertEquals(Set.of(TEXT + module + ".weight"), change.factors().keySet(), name);
        });
    }

    @Test
    void namingsOfPeft() {
        for (String middle : List.of("", ".default")) {
            for (String root : List.of("unet.", "", "base_model.model.")) {
                String name = root + BLOCK + "to_k.lora_%s" + middle + ".weight";
                Map<String, Tensor> tensors = new TreeMap<>();
                tensors.put(name.formatted("A"), Tensor.ones(DType.FLOAT32, 2, 3));
                tensors.put(name.formatted("B"), Tensor.ones(DType.FLOAT32, 4, 2));
                LoraChange change = on("unet", write("x", tensors));
                assertEquals(Set.of(BLOCK + "to_k.weight"), change.factors().keySet(), name);
            }
        }
    }

    @Test
    void alphaRules() throws IOException {
        String name = "unet." + BLOCK + "to_k.lora.%s.weight";
        assertEquals(1, scale(write("none", pair(name, 4))));
        for (double alpha : new double[] {0, 1, 6}) {
            Map<String, Tensor> tensors = pair("lora_unet_" + BLOCK.replace('.', '_') + "to_k.lora_%s.weight", 4);
            tensors.put("lora_unet_" + BLOCK.replace('.', '_') + "to_k.alpha", Tensor.scalar(alpha));
            assertEquals(alpha == 0 ? 1 : alpha / 4, scale(write("kohya", tensors)));
        }
        String peft = "base_model.model." + BLOCK + "to_k.lora_%s.weight";
        assertEquals(2, scale(peft("\"r\": 4, \"lora_alpha\": 8", peft)));
        assertEquals(4, scale(peft("\"r\": 4, \"lora_alpha\": 8, \"use_rslora\": true", peft)));
        assertEquals(
                3, scale(peft("\"r\": 4, \"lora_alpha\": 8, \"alpha_pattern\": {\"to_q\": 1, \"to_k\": 12}", peft)));
        assertEquals(
                3, scale(peft("\"r\": 4, \"lora_alpha\": 8, \"alpha_pattern\": {\"attn[12]\\\\.to_k\": 12}", peft)));
        assertEquals(2, scale(peft("\"r\": 4, \"lora_alpha\": 8, \"alpha_pattern\": {\"o_k\": 12}", peft)));
        assertEquals(2, scale(peft("\"r\": 9, \"lora_alpha\": 8, \"rank_pattern\": {\"attn2.to_k\": 4}", peft)));
        error(
                "gives " + BLOCK + "to_k the rank 5, its factors have 4",
                () -> peft("\"r\": 5, \"lora_alpha\": 8", peft));
        for (String flag : List.of("use_dora", "fan_in_fan_out", "lora_bias")) {
            error(
                    "\"" + flag + "\": true is not supported",
                    () -> peft("\"r\": 4, \"lora_alpha\": 8, \"" + flag + "\": true", peft));
        }
        error(
                "\"peft_type\": LOHA is not supported",
                () -> peft("\"r\": 4, \"lora_alpha\": 8, \"peft_type\": \"LOHA\"", peft));
    }

    /** Newer files of diffusers carry PEFT's settings in their metadata, for each part. */
    @Test
    void alphaInTheMetadata() {
        Map<String, Tensor> tensors = pair("unet." + BLOCK + "to_k.lora.%s.weight", 4);
        tensors.putAll(pair("text_encoder." + TEXT + "q_proj.lora_linear_layer.%s.weight", 4));
        String settings = "{\"unet.r\": 4, \"unet.lora_alpha\": 6, \"unet.use_rslora\": true, \"unet.target_modules\":"
                + " [\"to_k\"]}";
        Path file = folder.resolve("m.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of("lora_adapter_metadata", settings));
        assertEquals(3, scale(file));
        assertEquals(1, scale("text_encoder", file));
    }

    @Test
    void unknownNamesNameTheNearest() {
        error(
                "2 of 4 tensors match nothing in this model's unet, the first module is " + BLOCK
                        + "to_w; the nearest is " + BLOCK + "to_k; the file fits Stable Diffusion 1.x (text width 768)",
                () -> {
                    Map<String, Tensor> tensors = pair("unet." + BLOCK + "to_w.lora.%s.weight", 4);
                    tensors.putAll(matrices("unet." + BLOCK + "to_k.lora.%s.weight", 4, 320, 768));
                    on("unet", write("x", tensors));
                });
        error(
                "the first module is down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_w; the nearest is"
                        + " down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k",
                () -> on("unet", write("x", pair("lora_unet_" + BLOCK.replace('.', '_') + "to_w.lora_%s.weight", 4))));
        error(
                "1 of 3 tensors are not named like parts of a LoRA, the first is " + BLOCK + "to_k.lora.dwn.weight",
                () -> {
                    Map<String, Tensor> tensors = pair(BLOCK + "to_k.lora.%s.weight", 4);
                    tensors.put(BLOCK + "to_k.lora.dwn.weight", Tensor.ones(DType.FLOAT32, 1));
                    write("x", tensors, true);
                });
    }

    @Test
    void relativesAreNamed() {
        Map<String, String> kinds = Map.of(
                "lora_unet_x.dora_scale",
                "DoRA",
                "unet.x.lora_magnitude_vector",
                "DoRA",
                "lora_unet_x.hada_w1_a",
                "LoHa",
                "lora_unet_x.lokr_w1",
                "LoKr",
                "lora_unet_x.lora_mid.weight",
                "LoCon with a core",
                "lora_unet_x.diff",
                "full differences",
                BLOCK + "processor.to_k_custom_diffusion.weight",
                "Custom Diffusion");
        kinds.forEach((name, kind) -> error(name + " belongs to " + kind, () -> {
            Map<String, Tensor> tensors = pair("lora_unet_x.lora_%s.weight", 4);
            tensors.put(name, Tensor.ones(DType.FLOAT32, 1));
            write("x", tensors, true);
        }));
    }

    @Test
    void whatIsNotWholeIsRefused() throws IOException {
        String name = "unet." + BLOCK + "to_k.lora.%s.weight";
        error("to_k.lora.down.weight lacks its up (lora_B) factor", () -> {
            Map<String, Tensor> tensors = pair(name, 4);
            tensors.remove(name.formatted("up"));
            write("x", tensors, true);
        });
        error("to_k.alpha lacks its down (lora_A) factor", () -> {
            write("x", Map.of("lora_unet_to_k.alpha", Tensor.scalar(1)), true);
        });
        error("to_k.lora.down.weight and unet." + BLOCK + "to_k.lora_A.weight are the same", () -> {
            Map<String, Tensor> tensors = pair(name, 4);
            tensors.put("unet." + BLOCK + "to_k.lora_A.weight", Tensor.ones(DType.FLOAT32, 4, 3));
            write("x", tensors, true);
        });
        error("changes unet " + BLOCK + "to_k twice, under two names", () -> {
            Map<String, Tensor> tensors = pair(name, 4);
            tensors.putAll(pair("lora_unet_" + BLOCK.replace('.', '_') + "to_k.lora_%s.weight", 4));
            on("unet", write("x", tensors));
        });
        error("got [4, 3] and [4, 5]", () -> {
            Map<String, Tensor> tensors = pair(name, 4);
            tensors.put(name.formatted("up"), Tensor.ones(DType.FLOAT32, 4, 5));
            write("x", tensors, true);
        });
        error("must be floating-point, it is I64", () -> {
            Map<String, Tensor> tensors = pair(name, 4);
            tensors.put(name.formatted("up"), Tensor.ones(DType.INT64, 4, 4));
            write("x", tensors, true);
        });
        error("is no LoRA: none of its 1 tensors is named like a part of one, the first is conv_in.weight", () -> {
            write("x", Map.of("conv_in.weight", Tensor.ones(DType.FLOAT32, 1)), true);
        });
        error("there is no LoRA file or folder", () -> LoraFile.open(folder.resolve("nowhere")));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        error("pytorch_lora_weights.safetensors is missing; it has []", () -> LoraFile.open(empty));
        Path torch = Files.write(folder.resolve("x.bin"), new byte[] {'P', 'K'});
        error("is a file of PyTorch, of which only safetensors are read", () -> LoraFile.open(torch));
    }

    @Test
    void familiesByTheWidthOfTheText() {
        Map<Long, String> unet = Map.of(
                768L, "Stable Diffusion 1.x (text width 768)",
                1024L, "Stable Diffusion 2.x (text width 1024)",
                2048L, "Stable Diffusion XL (text width 2048)",
                16L, "a model of text width 16");
        unet.forEach((width, family) -> {
            assertEquals(family, family(matrices("lora_unet_mid_block_attn2_to_k.lora_%s.weight", 4, 320, width)));
            assertEquals(family, family(matrices("unet.mid_block.attn2.to_v.lora.%s.weight", 4, 320, width)));
        });
        assertEquals("?", family(matrices("unet.mid_block.attn1.to_k.lora.%s.weight", 4, 320, 320)));
        assertEquals(
                "a text encoder of width 1024 (Stable Diffusion 2.x)",
                family(matrices("text_encoder." + TEXT + "q_proj.lora.%s.weight", 4, 1024, 1024)));
    }

    @Test
    void nameAndHash() throws IOException {
        Path file = write("ink", pair("unet." + BLOCK + "to_k.lora.%s.weight", 4));
        Path copy = Files.createDirectory(folder.resolve("night")).resolve("pytorch_lora_weights.safetensors");
        Files.copy(file, copy);
        try (LoraFile one = LoraFile.open(file);
                LoraFile two = LoraFile.open(copy.getParent())) {
            assertEquals("ink", one.name());
            assertEquals("night", two.name());
            assertEquals(one.hash(), two.hash());
            assertEquals(64, one.hash().length());
            assertEquals(2, one.tensors());
            assertEquals(Set.of("unet"), one.parts());
        }
        assertTrue(LoraFile.isFolderOfOne(copy.getParent()));
    }

    /** The scale counts, so the configuration belongs to the hash. */
    @Test
    void theHashOfAPeftFolderKnowsItsConfiguration() {
        String peft = "base_model.model." + BLOCK + "to_k.lora_%s.weight";
        String hash;
        try (LoraFile file = LoraFile.open(peft("\"r\": 4, \"lora_alpha\": 8", peft))) {
            hash = file.hash();
        }
        try (LoraFile file = LoraFile.open(peft("\"r\": 4, \"lora_alpha\": 9", peft))) {
            assertTrue(!hash.equals(file.hash()));
        }
    }

    @Test
    void summaries() {
        Path goldens = goldens();
        LoraSummary kohya = LoraSummary.of(goldens.resolve("kohya/lora.safetensors"));
        assertEquals(Set.of(LoraNaming.KOHYA), kohya.naming());
        assertEquals(Map.of("text_encoder", 12, "unet", 48), kohya.modules());
        assertEquals(180, kohya.tensors());
        assertEquals(Set.of(4L), kohya.ranks());
        assertEquals(Set.of(1.0), kohya.alphas());
        assertEquals(Set.of(0.25), kohya.scales());
        assertTrue(kohya.targets().containsAll(Set.of("attn2_to_k", "proj_in", "mlp_fc1")), kohya.targets()::toString);
        assertEquals("a model of text width 16", kohya.family().orElse("?"));
        LoraSummary peft = LoraSummary.of(goldens.resolve("peft"));
        assertEquals(Set.of(LoraNaming.PEFT), peft.naming());
        assertEquals(Map.of("text_encoder", 8, "unet", 32), peft.modules());
        assertEquals(Set.of(2.0), peft.scales());
        LoraSummary locon = LoraSummary.of(goldens.resolve("kohya-locon/lora.safetensors"));
        assertEquals(Set.of(1.0, 1.5, 2.0), locon.alphas());
        assertTrue(locon.targets().containsAll(Set.of("conv1", "conv_shortcut", "conv")), locon.targets()::toString);
        error("is a file of PyTorch", () -> LoraFile.open(goldens.resolve("diffusers-old/pytorch_lora_weights.bin")));
    }

    private static Path goldens() {
        try {
            return Path.of(Objects.requireNonNull(LoraFileTest.class.getResource("/goldens/lora"))
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final Set<String> UNET = Set.of(
            BLOCK + "to_k.weight",
            BLOCK + "to_v.weight",
            BLOCK + "to_out.0.weight",
            BLOCK + "to_out.0.bias",
            "down_blocks.0.resnets.1.conv1.weight");
    private static final Set<String> ENCODER = Set.of(TEXT + "q_proj.weight", TEXT + "out_proj.weight");

    private static LoraChange on(String part, Path file) {
        try (LoraFile opened = LoraFile.open(file)) {
            return opened.on(part, part.equals("unet") ? UNET : ENCODER, 1);
        }
    }

    private static double scale(Path file) {
        return scale("unet", file);
    }

    private static double scale(String part, Path file) {
        try (LoraFile opened = LoraFile.open(file)) {
            Set<String> parameters = part.equals("unet") ? UNET : ENCODER;
            return opened.on(part, parameters, 1)
                    .factors()
                    .values()
                    .iterator()
                    .next()
                    .scale();
        }
    }

    private String family(Map<String, Tensor> tensors) {
        try (LoraFile file = LoraFile.open(write("family", tensors))) {
            return file.family().orElse("?");
        }
    }

    private Path peft(String settings, String name) {
        Map<String, Tensor> tensors = new TreeMap<>();
        tensors.put(name.formatted("A"), Tensor.ones(DType.FLOAT32, 4, 3));
        tensors.put(name.formatted("B"), Tensor.ones(DType.FLOAT32, 5, 4));
        try {
            Path root = Files.createDirectories(folder.resolve("peft"));
            Files.writeString(root.resolve("adapter_config.json"), "{" + settings + "}");
            SafetensorsWriter.write(root.resolve("adapter_model.safetensors"), tensors, Map.of());
            LoraFile.open(root).close();
            return root;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path write(String name, Map<String, Tensor> tensors) {
        return write(name, tensors, false);
    }

    private Path write(String name, Map<String, Tensor> tensors, boolean open) {
        Path file = folder.resolve(name + ".safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());
        if (open) {
            LoraFile.open(file).close();
        }
        return file;
    }

    private static Map<String, Tensor> pair(String name, long rank) {
        return matrices(name, rank, 5, 3);
    }

    private static Map<String, Tensor> matrices(String name, long rank, long out, long in) {
        Map<String, Tensor> tensors = new TreeMap<>();
        tensors.put(name.formatted("down"), Tensor.ones(DType.FLOAT32, rank, in));
        tensors.put(name.formatted("up"), Tensor.ones(DType.FLOAT32, out, rank));
        return tensors;
    }

    private static void error(String part, Executable body) {
        try (Scope scope = Scope.open()) {
            String message =
                    String.valueOf(assertThrows(CheckpointException.class, body).getMessage());
            assertTrue(message.contains(part), message);
            assertEquals(List.of(message), Arrays.asList(message.split("\\R", -1)));
        }
    }
}
