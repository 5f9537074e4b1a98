package dev.hapax.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(DType.class)
    void everyTypeComesBackAsItWas(DType dtype) {
        Path file = folder.resolve("a.safetensors");
        try (Scope scope = Scope.open()) {
            Tensor values = Tensor.of(new float[] {0, 1, 2, 3, 1, 0}, 2, 3).to(dtype);
            Tensor scalar = Tensor.of(new float[] {1}).to(dtype);
            Tensor nothing = Tensor.zeros(dtype, 0, 4);
            SafetensorsWriter.write(file, Map.of("b", values, "c", scalar, "a", nothing), Map.of("word", "é \"q\""));
            try (SafetensorsFile read = SafetensorsFile.open(file)) {
                assertEquals(dtype, read.dtype("b"));
                assertArrayEquals(new long[] {2, 3}, read.tensor("b").shape());
                assertArrayEquals(values.toBytes(), read.tensor("b").toBytes());
                assertArrayEquals(new long[0], read.tensor("c").shape());
                assertArrayEquals(scalar.toBytes(), read.tensor("c").toBytes());
                assertArrayEquals(new long[] {0, 4}, read.tensor("a").shape());
                assertEquals(Map.of("word", "é \"q\""), read.metadata());
                assertEquals("[a, b, c]", read.names().toString());
            }
        }
    }

    @Test
    void aTensorOutlivesScopesAndIsReadOnce() {
        Path file = folder.resolve("a.safetensors");
        try (Scope scope = Scope.open()) {
            SafetensorsWriter.write(file, Map.of("x", Tensor.of(new float[] {1, 2}, 2)), Map.of());
        }
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            Tensor first;
            try (Scope scope = Scope.open()) {
                first = read.tensor("x");
                first.timesInPlace(3);
            }
            assertSame(first, read.tensor("x"));
            assertArrayEquals(new float[] {3, 6}, first.toFloats());
        }
        try (SafetensorsFile again = SafetensorsFile.open(file)) {
            assertArrayEquals(new float[] {1, 2}, again.tensor("x").toFloats(), "the file itself must not change");
        }
    }

    @Test
    void changingOneTensorDoesNotSpoilTheGradientThroughAnother() {
        Path file = folder.resolve("a.safetensors");
        try (Scope scope = Scope.open()) {
            Tensor two = Tensor.of(new float[] {1, 2}, 2);
            SafetensorsWriter.write(file, Map.of("x", two, "y", two), Map.of());
            try (SafetensorsFile read = SafetensorsFile.open(file)) {
                Tensor x = read.tensor("x").requiresGrad(true);
                Tensor loss = x.times(x).sum();
                read.tensor("y").timesInPlace(2);
                assertArrayEquals(
                        new float[] {2, 4},
                        Gradients.of(loss, List.of(x)).get(0).toFloats());
            }
        }
    }

    @Test
    void equalContentGivesEqualBytesInAnyOrder() throws IOException {
        try (Scope scope = Scope.open()) {
            Tensor one = Tensor.of(new float[] {1}, 1).to(DType.BFLOAT16);
            Tensor two = Tensor.of(new double[] {1, 2}, 2);
            Map<String, Tensor> forward = new TreeMap<>(Map.of("a", one, "b", two));
            Map<String, Tensor> backward = new TreeMap<String, Tensor>(java.util.Comparator.reverseOrder());
            backward.putAll(forward);
            SafetensorsWriter.write(folder.resolve("1"), forward, Map.of("k", "v", "a", "b"));
            SafetensorsWriter.write(folder.resolve("2"), backward, new TreeMap<>(Map.of("a", "b", "k", "v")));
        }
        byte[] first = Files.readAllBytes(folder.resolve("1"));
        assertArrayEquals(first, Files.readAllBytes(folder.resolve("2")));
        String header = new String(first, 8, first.length - 8 - 18, StandardCharsets.UTF_8);
        assertEquals(
                "{\"__metadata__\":{\"a\":\"b\",\"k\":\"v\"},\"b\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]},"
                        + "\"a\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[16,18]}}",
                header.strip());
    }

    @Test
    void aFailedWriteLeavesTheOldFile() throws IOException {
        Path file = folder.resolve("a.safetensors");
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(new float[] {1, 2}, 2);
            SafetensorsWriter.write(file, Map.of("x", x), Map.of());
            byte[] before = Files.readAllBytes(file);
            Files.createDirectory(folder.resolve("a.safetensors.part")); // so the new bytes have nowhere to go
            assertThrows(
                    CheckpointException.class, () -> SafetensorsWriter.write(file, Map.of("x", x.plus(1)), Map.of()));
            assertArrayEquals(before, Files.readAllBytes(file));
        }
    }

    @Test
    void overwritingAnOpenFileDisturbsNobody() {
        Path file = folder.resolve("a.safetensors");
        try (Scope scope = Scope.open()) {
            SafetensorsWriter.write(file, Map.of("x", Tensor.of(new float[] {1, 2}, 2)), Map.of());
            try (SafetensorsFile old = SafetensorsFile.open(file)) {
                Tensor x = old.tensor("x");
                SafetensorsWriter.write(file, Map.of("x", x.plus(10)), Map.of());
                assertArrayEquals(new float[] {1, 2}, x.toFloats());
            }
            try (SafetensorsFile renewed = SafetensorsFile.open(file)) {
                assertArrayEquals(new float[] {11, 12}, renewed.tensor("x").toFloats());
            }
            assertFalse(Files.exists(folder.resolve("a.safetensors.part")));
        }
    }

    @Test
    void misalignedTensorsAreCopied() throws IOException {
        byte[] data = ByteBuffer.allocate(9)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 7)
                .putDouble(2.5)
                .array();
        Path file = write(
                "{\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                        + "\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[1,9]}}",
                data);
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertArrayEquals(new double[] {2.5}, read.tensor("d").toDoubles());
        }
    }

    @Test
    void filesBeyondTwoGigabytesAreRead() throws IOException {
        long large = (1L << 31) + 4;
        String json = "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + large + "],\"data_offsets\":[0," + large + "]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[" + large + "," + (large + 4) + "]}}  ";
        ByteBuffer last = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f);
        Path file = write(json.substring(0, json.length() / 8 * 8), new byte[0]);
        try (FileChannel channel = // a hole in the file takes no room on the disk
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(last.flip(), channel.size() + large);
        }
        try (SafetensorsFile read = SafetensorsFile.open(file);
                Scope scope = Scope.open()) {
            assertArrayEquals(new float[] {1.5f}, read.tensor("b").toFloats());
            assertEquals(large, read.tensor("a").elements());
            assertEquals(0, read.tensor("a").select(0, large - 1).item());
        }
    }

    @Test
    void badFilesAreNamedInOneLine() throws IOException {
        String twoFloats = "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        fails(write(twoFloats, new byte[4]), "is truncated: x ends at byte 8 of the data, the file has 4");
        fails(write(twoFloats, new byte[9]), "1 bytes follow the last tensor");
        fails(
                write(
                        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                                + "\"y\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                        new byte[12]),
                "y begins at byte 4, x ends at 8; the file is damaged (tensors overlap)");
        fails(
                write("{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", new byte[8]),
                "x begins at byte 4, the header ends at 0; the file is damaged (tensors leave a hole)");
        fails(
                write("{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", new byte[8]),
                "F32 of shape [3] needs 12 bytes, data_offsets [0,8] hold 8");
        fails(
                write("{\"x\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}", new byte[8]),
                "x: dtype F8_E4M3 is not read by this library");
        fails(
                write("{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", new byte[8]),
                "x: dtype, shape and two data_offsets are needed");
        fails(
                write(
                        "{\"x\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}",
                        new byte[8]),
                "is too large");
        fails(write("{\"x\":", new byte[8]), "is not a safetensors file: its header is not JSON");
        fails(write("[1]", new byte[8]), "its header is not a JSON object");
        fails(
                write(
                        "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                                + "\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
                        new byte[1]),
                "Duplicate field 'x'");
        Path file = folder.resolve("bad.safetensors");
        Files.write(file, new byte[] {1, 2, 3});
        fails(file, "is not a safetensors file: it has 3 bytes");
        Files.write(file, "PK\3\4 a zip archive, not a header".getBytes(StandardCharsets.UTF_8));
        fails(file, "is not a safetensors file: its first 8 bytes give a header of");
        Files.write(file, new byte[] {100, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
        fails(file, "is truncated: its header needs 108 bytes, the file has 10");
        fails(folder.resolve("none"), "is missing or not a file");
    }

    @Test
    void anUnknownTensorIsNamedWithTheNearestOne() throws IOException {
        Path file = write(
                "{\"conv_in.weight\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                        + "\"conv_out.weight\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]},"
                        + "\"a.bias\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[2,3]}}",
                new byte[3]);
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            String message = String.valueOf(assertThrows(CheckpointException.class, () -> read.tensor("conv_in.wieght"))
                    .getMessage());
            assertTrue(message.endsWith("has no tensor conv_in.wieght; the nearest is conv_in.weight"), message);
        }
    }

    private Path write(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        Path file = folder.resolve("bad.safetensors");
        return Files.write(file, bytes.putLong(json.length).put(json).put(data).array());
    }

    private static void fails(Path file, String expected) {
        String message = String.valueOf(assertThrows(CheckpointException.class, () -> SafetensorsFile.open(file))
                .getMessage());
        assertTrue(message.contains(expected), message);
        assertTrue(message.contains(file.toString()), message);
        assertEquals(1, message.lines().count(), message);
    }
}
