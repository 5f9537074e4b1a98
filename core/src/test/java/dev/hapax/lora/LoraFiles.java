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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Small files of LoRAs for tests. */
abstract class LoraFiles {
    static final String BLOCK = "down_blocks.0.attentions.0.transformer_blocks.0.attn2.";
    static final String TEXT = "text_model.encoder.layers.0.self_attn.";
    static final Set<String> UNET = Set.of(
            BLOCK + "to_k.weight",
            BLOCK + "to_v.weight",
            BLOCK + "to_out.0.weight",
            BLOCK + "to_out.0.bias",
            "down_blocks.0.resnets.1.conv1.weight");
    static final Set<String> ENCODER = Set.of(TEXT + "q_proj.weight", TEXT + "out_proj.weight");

    @TempDir
    Path folder;

    static LoraChange on(String part, Path file) {
        try (LoraFile opened = LoraFile.open(file)) {
            return opened.on(part, part.equals("unet") ? UNET : ENCODER, 1);
        }
    }

    Path peft(String settings, String name) {
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
            throw new UncheckedIOException(e);
        }
    }

    Path write(String name, Map<String, Tensor> tensors) {
        return write(name, tensors, false);
    }

    Path write(String name, Map<String, Tensor> tensors, boolean open) {
        Path file = folder.resolve(name + ".safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());
        if (open) {
            LoraFile.open(file).close();
        }
        return file;
    }

    static Map<String, Tensor> pair(String name, long rank) {
        return matrices(name, rank, 5, 3);
    }

    static Map<String, Tensor> matrices(String name, long rank, long out, long in) {
        Map<String, Tensor> tensors = new TreeMap<>();
        tensors.put(name.formatted("down"), Tensor.ones(DType.FLOAT32, rank, in));
        tensors.put(name.formatted("up"), Tensor.ones(DType.FLOAT32, out, rank));
        return tensors;
    }

    static void error(String part, Executable body) {
        try (Scope scope = Scope.open()) {
            String message =
                    String.valueOf(assertThrows(CheckpointException.class, body).getMessage());
            assertTrue(message.contains(part), message);
            assertEquals(List.of(message), Arrays.asList(message.split("\\R", -1)));
        }
    }
}
