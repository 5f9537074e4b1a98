package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelInfoCommandTest {
    private static final Path MODEL = TinyModel.shared();

    @TempDir
    private Path folder;

    @Test
    void aLoraIsDescribed() {
        Path loras = MODEL.resolveSibling("lora");
        CommandRun kohya = CommandRun.of("model", "info", loras.resolve("kohya").resolve("lora.safetensors"));
        assertEquals(0, kohya.code(), kohya.err());
        assertTrue(kohya.out().contains("""
                fits         a model of text width 16
                naming       kohya
                tensors      180
                text_encoder 12 weights
                unet         48 weights
                ranks        4
                alphas       1
                scales       0.25
                """), kohya.out());
        assertTrue(kohya.out().contains("base model   sd_v1\n"), kohya.out());
        assertTrue(kohya.out().matches("(?s).*sha256 +[0-9a-f]{64}\n"), kohya.out());
        CommandRun peft = CommandRun.of("model", "info", loras.resolve("peft"));
        assertTrue(peft.out().contains("naming       PEFT\n"), peft.out());
        assertTrue(peft.out().contains("targets      attn1.to_k, attn1.to_out.0, "), peft.out());
    }

    @Test
    void aModelIsDescribed() {
        CommandRun run = CommandRun.of("model", "info", MODEL);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("tokenizer    554 tokens"), run.out());
        assertTrue(run.out().matches("(?s).*\\bunet +UNet2DConditionModel +138,836  F16\\n.*"), run.out());
        assertTrue(run.out().matches("(?s).*sha256 +[0-9a-f]{64}\\n.*"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void aModelWithoutPartsIsDescribed() throws IOException {
        Files.writeString(
                folder.resolve("config.json"), "{\"model_type\": \"vit\", \"architectures\": [\"ViTModel\"]}");
        SafetensorsWriter.write(
                folder.resolve("model.safetensors"),
                Map.of("layernorm.weight", Tensor.zeros(DType.FLOAT32, 24)),
                Map.of());
        CommandRun run = CommandRun.of("model", "info", folder);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("vision transformer, built like DINO"), run.out());
        assertTrue(run.out().matches("(?s).*\n\\. +ViTModel +24  F32\n.*"), run.out());
    }
}
