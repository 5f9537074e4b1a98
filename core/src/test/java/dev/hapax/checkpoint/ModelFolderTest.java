package dev.hapax.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
    @TempDir
    Path root;

    @BeforeEach
    void twoParts() throws IOException {
        for (String part : List.of("unet", "vae")) {
            Files.createDirectory(root.resolve(part));
            Files.writeString(root.resolve(part).resolve("config.json"), "{\"width\": 3, \"part\": \"" + part + "\"}");
        }
    }

    @Test
    void partsAndConfigurations() throws IOException {
        Files.createDirectory(root.resolve("golden"));
        Files.createDirectory(root.resolve("scheduler"));
        Files.writeString(root.resolve("scheduler/scheduler_config.json"), "{\"steps\": 1000}");
        try (ModelFolder folder = ModelFolder.open(root)) {
            assertEquals(List.of("scheduler", "unet", "vae"), folder.parts());
            assertEquals(1000, folder.config("scheduler").integer("steps"));
            assertEquals("vae", folder.config("vae").text("part"));
            assertTrue(folder.index().isEmpty());
            assertFalse(folder.has("text_encoder"));
            Files.writeString(root.resolve("model_index.json"), "{\"_class_name\": \"StableDiffusionPipeline\"}");
            assertEquals("StableDiffusionPipeline", folder.index().orElseThrow().text("_class_name"));
        }
    }

    @Test
    void weightsAreConvertedAndLiveUntilTheFolderCloses() {
        write("unet/diffusion_pytorch_model.safetensors", "w", 1.5f);
        try (ModelFolder folder = ModelFolder.open(root)) {
            Weights weights = folder.weights("unet", DType.FLOAT64);
            Tensor w;
            try (Scope scope = Scope.open()) {
                w = weights.get("w", 1);
            }
            assertSame(w, weights.get("w", 1));
            assertEquals(DType.FLOAT64, w.dtype());
            assertArrayEquals(new double[] {1.5}, w.toDoubles());
            assertEquals(
                    DType.FLOAT32,
                    folder.weights("unet", DType.FLOAT32).get("w", 1).dtype());
        }
    }

    @Test
    void plainWeightsBeforeVariants() {
        write("unet/diffusion_pytorch_model.fp16.safetensors", "w", 2);
        assertEquals(2, only("unet"));
        write("unet/diffusion_pytorch_model.safetensors", "w", 1);
        assertEquals(1, only("unet"));
    }

    @Test
    void twoVariantsAreNotChosenBetween() throws IOException {
        write("vae/model.ema.safetensors", "w", 2);
        Files.writeString(root.resolve("vae/model.safetensors.index.fp16.json"), "{\"weight_map\": {}}");
        fails(() -> only("vae"), "has weights in the variants [ema, fp16] and none without");
        write("unet/diffusion_pytorch_model.fp16.safetensors", "w", 2);
        write("unet/diffusion_pytorch_model.non_ema.safetensors", "w", 2);
        fails(() -> only("unet"), "has weights in the variants [fp16, non_ema] and none without");
    }

    @Test
    void shardsAreJoined() throws IOException {
        for (String index : List.of(
                "model.safetensors.index.json",
                "model.fp16.safetensors.index.json",
                "model.safetensors.index.fp16.json")) {
            write("vae/model-00001-of-00002.safetensors", "w", 3);
            write("vae/model-00002-of-00002.safetensors", "v", 4);
            Path file = root.resolve("vae").resolve(index);
            Files.writeString(file, """
                {"metadata": {"total_size": 8}, "weight_map":
                {"w": "model-00001-of-00002.safetensors", "v": "model-00002-of-00002.safetensors"}}\
                """);
            try (ModelFolder folder = ModelFolder.open(root)) {
                Weights weights = folder.weights("vae", DType.FLOAT32);
                assertEquals(3, weights.get("w", 1).toFloats()[0]);
                assertEquals(4, weights.get("v", 1).toFloats()[0]);
                assertEquals(Set.of(), weights.unused());
            }
            Files.delete(root.resolve("vae/model-00002-of-00002.safetensors"));
            fails(
                    () -> only("vae"),
                    index + " names the file model-00002-of-00002.safetensors, which is not beside it");
            Files.delete(file);
        }
    }

    @Test
    void aParameterInTwoShardsIsAnError() throws IOException {
        write("vae/a.safetensors", "w", 3);
        write("vae/b.safetensors", "w", 3);
        Files.writeString(
                root.resolve("vae/model.safetensors.index.json"),
                "{\"weight_map\": {\"w\": \"a.safetensors\", \"x\": \"b.safetensors\"}}");
        fails(() -> only("vae"), "vae: w is in ");
    }

    @Test
    void namesOfOldFilesAreUnderstood() {
        try (Scope scope = Scope.open()) {
            Tensor one = Tensor.of(new float[] {1}, 1);
            SafetensorsWriter.write(
                    root.resolve("vae/diffusion_pytorch_model.safetensors"),
                    Map.of(
                            "encoder.mid_block.attentions.0.query.weight",
                            one,
                            "encoder.mid_block.attentions.0.proj_attn.bias",
                            one.plus(1),
                            "text_model.embeddings.position_ids",
                            one,
                            "encoder.layer.0.attention.attention.query.weight",
                            one.plus(2)),
                    Map.of());
        }
        try (ModelFolder folder = ModelFolder.open(root)) {
            Weights weights = folder.weights("vae", DType.FLOAT32);
            Weights attention = weights.at("encoder.mid_block.attentions").at(0);
            assertEquals(1, attention.get("to_q.weight", 1).toFloats()[0]);
            assertEquals(2, attention.get("to_out.0.bias", 1).toFloats()[0]);
            assertEquals(Set.of("encoder.layer.0.attention.attention.query.weight"), weights.unused());
        }
    }

    @Test
    void everyMistakeIsOneLine() throws IOException {
        write("unet/diffusion_pytorch_model.safetensors", "conv_in.weight", 1);
        try (ModelFolder folder = ModelFolder.open(root)) {
            Weights weights = folder.weights("unet", DType.FLOAT32);
            fails(
                    () -> weights.at("conv_in").get("weight", 2, 3),
                    "unet: conv_in.weight must have shape [2, 3], the file has [1]");
            fails(() -> weights.get("conv_in.wait", 1), "unet: conv_in.wait is missing; the nearest is conv_in.weight");
            fails(() -> folder.config("text_encoder"), " has no part \"text_encoder\"; it has [unet, vae]");
            fails(() -> folder.weights("prior", DType.FLOAT32), " has no part \"prior\"; it has [unet, vae]");
            fails(() -> folder.weights("vae", DType.FLOAT32), "vae has no weights: expected");
            Files.writeString(root.resolve("vae/diffusion_pytorch_model.bin"), "");
            fails(() -> folder.weights("vae", DType.FLOAT32), "it has .bin files: convert them to safetensors");
            fails(() -> folder.config(ModelFolder.ROOT), " has no part in the folder itself; it has [unet, vae]");
        }
        fails(() -> ModelFolder.open(root.resolve("nowhere")), "nowhere is not a folder");
        fails(() -> ModelFolder.open(root.resolve("unet/diffusion_pytorch_model.safetensors")), "is not a folder");
        Path empty = Files.createDirectory(root.resolve("empty"));
        fails(() -> ModelFolder.open(empty), "empty is not a model folder: no folder in it has a configuration");
    }

    @Test
    void theHashFollowsTheWeightsAlone() throws IOException {
        write("unet/diffusion_pytorch_model.safetensors", "w", 1);
        write("vae/diffusion_pytorch_model.fp16.safetensors", "w", 1);
        String hash = hash();
        try (ModelFolder folder = ModelFolder.open(root)) {
            assertEquals(hash, folder.hash(List.of("vae", "unet")));
            assertNotEquals(hash, folder.hash(List.of("unet")));
            fails(() -> folder.hash(List.of("prior")), " has no part \"prior\"; it has [unet, vae]");
        }
        assertEquals(64, hash.length());
        assertEquals(hash, hash());
        Files.writeString(root.resolve("unet/readme.md"), "other files do not count");
        assertEquals(hash, hash());
        for (String aside : List.of(ModelFolder.DETECTOR, ModelFolder.LAYOUT)) {
            Files.writeString(Files.createDirectory(root.resolve(aside)).resolve("config.json"), "{}");
            write(aside + "/model.safetensors", "w", 1);
        }
        assertEquals(hash, hash());
        write("vae/diffusion_pytorch_model.fp16.safetensors", "w", 2);
        assertNotEquals(hash, hash());
        write("vae/diffusion_pytorch_model.fp16.safetensors", "w", 1);
        assertEquals(hash, hash());
        Files.move(root.resolve("vae/diffusion_pytorch_model.fp16.safetensors"), root.resolve("vae/model.safetensors"));
        assertNotEquals(hash, hash());
    }

    private String hash() {
        try (ModelFolder folder = ModelFolder.open(root)) {
            return folder.hash();
        }
    }

    private double only(String part) {
        try (ModelFolder folder = ModelFolder.open(root)) {
            return folder.weights(part, DType.FLOAT32).get("w", 1).item();
        }
    }

    private void write(String file, String name, float value) {
        try (Scope scope = Scope.open()) {
            SafetensorsWriter.write(root.resolve(file), Map.of(name, Tensor.of(new float[] {value}, 1)), Map.of());
        }
    }

    private static void fails(Executable what, String expected) {
        String message =
                String.valueOf(assertThrows(CheckpointException.class, what).getMessage());
        assertTrue(message.contains(expected), message);
        assertEquals(1, message.lines().count(), message);
    }
}
