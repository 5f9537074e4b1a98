package dev.hapax.lora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoraFileTest extends LoraFiles {
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
        Path run = Files.createDirectories(folder.resolve("words").resolve("lora"));
        Files.copy(file, run.resolve(copy.getFileName()));
        for (Path given : List.of(run, run.resolve(copy.getFileName()))) {
            try (LoraFile learned = LoraFile.open(given)) {
                assertEquals("words", learned.name(), "what a run writes is called like the run");
            }
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
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private String family(Map<String, Tensor> tensors) {
        try (LoraFile file = LoraFile.open(write("family", tensors))) {
            return file.family().orElse("?");
        }
    }
}
