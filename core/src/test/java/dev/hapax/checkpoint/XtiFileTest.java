package dev.hapax.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XtiFileTest {
    /** As a U-Net runs them: way down, middle, way up. */
    private static final List<String> NAMES = List.of(
            "IN01 IN02 IN04 IN05 IN07 IN08 MID OUT03 OUT04 OUT05 OUT06 OUT07 OUT08 OUT09 OUT10 OUT11".split(" "));

    @TempDir
    private Path folder;

    @Test
    void sixteenLayersComeBackInExecutionOrder() throws IOException {
        try (Scope scope = Scope.open()) {
            Tensor layers = new Rng(1).normal(Purpose.EVALUATION, 0, 0, 16, 2, 4);
            Path file = folder.resolve("cat.safetensors");
            XtiFile.write(file, layers);
            WordFile word = WordFile.read(file);
            assertEquals("cat", word.token());
            assertArrayEquals(new long[] {16, 2, 4}, word.vectors().shape());
            assertArrayEquals(layers.toFloats(), word.vectors().toFloats());
            assertTrue(String.valueOf(word.metadata().get(WordFile.CELLS))
                    .contains("[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15]"));
            Path shuffled = folder.resolve("shuffled.safetensors");
            Files.write(shuffled, shuffled(layers));
            assertArrayEquals(
                    layers.toFloats(), WordFile.read(shuffled).vectors().toFloats());
        }
    }

    /** The same tensors in another order, both in the header and in the data, as other programs may write them. */
    private static byte[] shuffled(Tensor layers) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(3));
        StringBuilder header = new StringBuilder("{");
        ByteBuffer data = ByteBuffer.allocate(16 * 32).order(ByteOrder.LITTLE_ENDIAN);
        for (int layer : order) {
            header.append(header.length() > 1 ? "," : "")
                    .append("\"" + NAMES.get(layer)
                            + "\":{\"dtype\":\"F32\",\"shape\":[2,4],\"data_offsets\":[" + data.position() + ","
                            + (data.position() + 32) + "]}");
            for (float value : layers.select(0, layer).toFloats()) {
                data.putFloat(value);
            }
        }
        byte[] text = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data.capacity())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data.array())
                .array();
    }

    @Test
    void otherSetsOfKeysAreNoWords() {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> fifteen = new TreeMap<>();
            XtiFile.LAYERS.subList(0, 15).forEach(layer -> fifteen.put(layer, Tensor.of(new float[] {1, 2}, 1, 2)));
            Path file = folder.resolve("x.safetensors");
            SafetensorsWriter.write(file, fifteen, Map.of());
            assertThrows(CheckpointException.class, () -> WordFile.read(file));
            fifteen.put("OUT11", Tensor.of(new float[] {1, 2, 3}, 1, 3));
            SafetensorsWriter.write(file, fifteen, Map.of());
            String message = assertThrows(CheckpointException.class, () -> WordFile.read(file))
                    .getMessage();
            assertTrue(message.contains("OUT11"), message);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> XtiFile.write(file, Tensor.of(new float[] {1, 2, 3}, 1, 1, 3)));
        }
    }
}
