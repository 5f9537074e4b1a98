package dev.hapax.lora;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraWriterTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenLoadsAgain() {
        Path file = folder.resolve("x.safetensors");
        try (Scope scope = Scope.open()) {
            Map<String, LoraFactors> unet = Map.of(
                    "mid_block.attentions.0.transformer_blocks.0.attn2.to_k",
                            new LoraFactors(random(1, 3, 7), random(2, 5, 3), 8, true),
                    "mid_block.attentions.0.transformer_blocks.0.attn2.to_out.0",
                            LoraFactors.of(random(3, 2, 5), random(4, 5, 2)),
                    "mid_block.resnets.0.conv1", LoraFactors.of(random(5, 2, 4, 3, 3), random(6, 6, 2, 1, 1)));
            Map<String, LoraFactors> text = Map.of(
                    "text_model.encoder.layers.0.self_attn.q_proj", LoraFactors.of(random(7, 2, 4), random(8, 4, 2)),
                    "text_model.encoder.layers.0.mlp.fc1", LoraFactors.of(random(9, 2, 4), random(10, 9, 2)));
            LoraWriter.write(file, Map.of("unet", unet, "text_encoder", text), Map.of("made by", "a test"));
            try (LoraFile back = LoraFile.open(file)) {
                same(unet, back.on("unet", parameters(unet), 1));
                same(text, back.on("text_encoder", parameters(text), 1));
                assertEquals("a test", back.metadata().get("made by"));
                assertEquals(10, back.tensors());
            }
        }
    }

    /** Diffusers' own spelling in attention, PEFT's elsewhere. */
    @Test
    void theNamesAreThoseOfDiffusers() {
        Path file = folder.resolve("x.safetensors");
        try (Scope scope = Scope.open()) {
            LoraFactors factors = LoraFactors.of(random(1, 2, 3), random(2, 5, 2));
            LoraWriter.write(
                    file,
                    Map.of(
                            "unet",
                            Map.of("a.attn1.to_out.0", factors, "a.ff.net.2", factors),
                            "text_encoder_2",
                            Map.of("b.self_attn.v_proj", factors, "b.mlp.fc2", factors)),
                    Map.of());
        }
        try (SafetensorsFile written = SafetensorsFile.open(file)) {
            assertEquals(
                    Set.of(
                            "unet.a.attn1.to_out.0.lora.down.weight",
                            "unet.a.attn1.to_out.0.lora.up.weight",
                            "unet.a.ff.net.2.lora_A.weight",
                            "unet.a.ff.net.2.lora_B.weight",
                            "text_encoder_2.b.self_attn.v_proj.lora_linear_layer.down.weight",
                            "text_encoder_2.b.self_attn.v_proj.lora_linear_layer.up.weight",
                            "text_encoder_2.b.mlp.fc2.lora_A.weight",
                            "text_encoder_2.b.mlp.fc2.lora_B.weight"),
                    written.names());
            assertEquals("pt", written.metadata().get("format"));
            assertArrayEquals(new long[] {2, 3}, written.shape("unet.a.ff.net.2.lora_A.weight"));
        }
    }

    private static Set<String> parameters(Map<String, LoraFactors> modules) {
        return modules.keySet().stream().map(name -> name + ".weight").collect(Collectors.toSet());
    }

    private static void same(Map<String, LoraFactors> expected, LoraChange actual) {
        assertEquals(parameters(expected), actual.factors().keySet());
        expected.forEach((module, factors) -> {
            LoraFactors back = Objects.requireNonNull(actual.factors().get(module + ".weight"));
            Tensor like = Tensor.zeros(DType.FLOAT64, factors.weightShape());
            Tensor difference = factors.change(like).minus(back.change(like));
            assertTrue(difference.abs().reshape(-1).max(false, 0).item() < 1e-6, module);
        });
    }

    private static Tensor random(long sample, long... shape) {
        return new Rng(13).normal(Purpose.NOISE, 0, sample, shape);
    }
}
