package dev.hapax.app;

import static dev.hapax.app.OneLine.mistake;

import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What may be wrong about the folder of a model. */
class BadModelTest extends BadInput {
    @Test
    void aUNetOfOtherChannels() throws IOException {
        Path unet = TinyModel.copyTo(folder.resolve("model")).resolve("unet");
        Path config = unet.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"in_channels\": 4", "\"in_channels\": 8"));
        change(
                unet.resolve("diffusion_pytorch_model.safetensors"),
                "conv_in.weight",
                tensor -> Tensor.cat(List.of(tensor, tensor), 1));
        mistake(
                "the U-Net reads 8 channels; this library draws with 4 (latents) or 9 (for inpainting)",
                CommandRun.of("generate", "a cat", "--model", unet.getParent(), "--out", out));
    }

    @Test
    void models() throws IOException {
        Path nowhere = folder.resolve("nowhere");
        mistake(nowhere + " is not a folder", CommandRun.of("model", "info", nowhere));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        mistake(empty + " is not a model folder", CommandRun.of("generate", "a cat", "--model", empty));
        Path model = TinyModel.copyTo(folder.resolve("model"));
        Path vae = model.resolve("vae");
        Path weights = vae.resolve("diffusion_pytorch_model.safetensors");
        byte[] whole = Files.readAllBytes(weights);

        Files.write(weights, Arrays.copyOf(whole, whole.length - 100));
        mistake(weights + " is truncated", CommandRun.of("generate", "a cat", "--model", model));
        Files.write(
                weights,
                header(
                        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                                + "\"y\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                        12));
        mistake("the file is damaged (tensors overlap)", CommandRun.of("generate", "a cat", "--model", model));
        Files.write(weights, header("{\"x\":{\"dtype\":\"F4\",\"shape\":[2],\"data_offsets\":[0,1]}}", 1));
        mistake("dtype F4 is not read by this library", CommandRun.of("generate", "a cat", "--model", model));
        try (Scope scope = Scope.open()) {
            SafetensorsWriter.write(
                    weights, Map.of("encoder.conv_in.weight", Tensor.zeros(DType.FLOAT32, 2, 2)), Map.of());
        }
        mistake(
                "vae: encoder.conv_in.weight must have shape [8, 3, 3, 3], the file has [2, 2]",
                CommandRun.of("generate", "a cat", "--model", model));
        Files.delete(weights);
        mistake(vae + " has no weights", CommandRun.of("generate", "a cat", "--model", model));
        Files.delete(vae.resolve("config.json"));
        mistake(model + " has no part \"vae\"; it has [", CommandRun.of("generate", "a cat", "--model", model));
    }

    private static byte[] header(String json, int data) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }
}
