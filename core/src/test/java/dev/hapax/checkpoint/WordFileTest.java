package dev.hapax.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordFileTest {
    @TempDir
    private Path folder;

    @Test
    void aWordComesBackAsItWasWritten() {
        Path file = folder.resolve("a.safetensors");
        try (Scope scope = Scope.open()) {
            Tensor vectors = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
            new WordFile("<a>", vectors, Map.of("init", "cat", "seed", "7")).write(file);
            WordFile word = WordFile.read(file);
            assertEquals("<a>", word.token());
            assertArrayEquals(new long[] {2, 3}, word.vectors().shape());
            assertArrayEquals(vectors.toFloats(), word.vectors().toFloats());
            assertEquals("cat", word.metadata().get("init"));
            assertEquals("7", word.metadata().get("seed"));
        }
    }

    @Test
    void theFileIsThatOfOtherTools() {
        Path file = folder.resolve("a.safetensors");
        try (Scope scope = Scope.open()) {
            new WordFile("<a>", Tensor.of(new double[] {1, 2, 3}, 1, 3), Map.of()).write(file);
        }
        try (SafetensorsFile raw = SafetensorsFile.open(file)) {
            assertEquals(java.util.Set.of("<a>"), raw.names());
            assertEquals(DType.FLOAT32, raw.dtype("<a>"));
            assertArrayEquals(new long[] {1, 3}, raw.shape("<a>"));
            assertEquals("pt", raw.metadata().get("format"));
        }
    }

    @Test
    void aRowAndKohyasKeyAreRead() {
        try (Scope scope = Scope.open()) {
            Path row = folder.resolve("row.safetensors");
            SafetensorsWriter.write(row, Map.of("<r>", half(3)), Map.of());
            assertArrayEquals(new long[] {1, 3}, WordFile.read(row).vectors().shape());
            assertEquals(DType.FLOAT32, WordFile.read(row).vectors().dtype());
            Path kohya = folder.resolve("my-cat.safetensors");
            SafetensorsWriter.write(kohya, Map.of("emb_params", half(2, 3)), Map.of());
            assertEquals("my-cat", WordFile.read(kohya).token());
        }
    }

    @Test
    void otherFilesAreRefusedWithWhatTheyAre() throws IOException {
        try (Scope scope = Scope.open()) {
            refuses("holds 2 tensors, a word file one", Map.of("a", half(3), "b", half(3)));
            refuses("is I64 of shape [1, 3]", Map.of("<a>", Tensor.of(new long[] {1, 2, 3}, 1, 3)));
            refuses("is F16 of shape [1, 1, 3]", Map.of("<a>", half(1, 1, 3)));
            refuses("is F16 of shape [0, 3]", Map.of("<a>", half(0, 3)));
            refuses("two text encoders of Stable Diffusion XL", Map.of("clip_l", half(1, 3), "clip_g", half(1, 5)));
        }
        Path text = Files.writeString(folder.resolve("x.safetensors"), "a picture of a cat");
        String message = assertThrows(CheckpointException.class, () -> WordFile.read(text))
                .getMessage();
        assertTrue(message.contains("is not a safetensors file"), message);
    }

    @Test
    void aFullDiskLeavesTheOldFile() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "no device that is always full");
        Path file = folder.resolve("a.safetensors");
        try (Scope scope = Scope.open()) {
            WordFile word = new WordFile("<a>", Tensor.of(new float[] {1, 2, 3}, 1, 3), Map.of());
            word.write(file);
            byte[] before = Files.readAllBytes(file);
            Files.createSymbolicLink(folder.resolve("a.safetensors.part"), Path.of("/dev/full"));
            String message = assertThrows(WriteFailedException.class, () -> word.write(file))
                    .getMessage();
            assertTrue(message.contains("No space left on device; what was there before is untouched"), message);
            assertArrayEquals(before, Files.readAllBytes(file));
            assertFalse(Files.exists(folder.resolve("a.safetensors.part")));
        }
    }

    private void refuses(String reason, Map<String, Tensor> tensors) {
        Path file = folder.resolve("refused.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());
        String message = assertThrows(CheckpointException.class, () -> WordFile.read(file))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }

    private static Tensor half(long... shape) {
        return Tensor.ones(DType.FLOAT16, shape);
    }
}
