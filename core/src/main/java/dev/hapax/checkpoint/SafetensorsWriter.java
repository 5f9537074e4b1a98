package dev.hapax.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes safetensors files. Equal content gives equal bytes: tensors are ordered by element size, largest first (so
 * each is aligned), then by name; metadata by key.
 *
 * <p>The file is written in one atomic step ({@link AtomicFile}).
 */
public final class SafetensorsWriter {
    private static final long CHUNK = 1 << 24; // elements copied out of libtorch at a time; bounds the Java heap
    private static final int ALIGNMENT = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    private SafetensorsWriter() {}

    /**
     * Writes {@code tensors} by name, in their types, with texts about the file.
     *
     * @throws CheckpointException if a tensor is called {@code __metadata__}
     * @throws WriteFailedException if the file cannot be written; one that had this name is then still there
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        if (tensors.containsKey("__metadata__")) {
            throw new CheckpointException(file + ": a tensor cannot be called __metadata__; rename it");
        }
        List<Map.Entry<String, Tensor>> ordered = tensors.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Tensor>>comparingInt(
                                e -> -e.getValue().dtype().bytes())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        AtomicFile.write(file, channel -> {
            writeFully(channel, header(ordered, metadata));
            for (Map.Entry<String, Tensor> item : ordered) {
                writeTensor(channel, item.getValue());
            }
        });
    }

    private static ByteBuffer header(List<Map.Entry<String, Tensor>> ordered, Map<String, String> metadata)
            throws JsonProcessingException {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            new TreeMap<>(metadata).forEach(root.putObject("__metadata__")::put);
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> item : ordered) {
            Tensor tensor = item.getValue();
            long end = offset + tensor.elements() * tensor.dtype().bytes();
            ObjectNode entry = root.putObject(item.getKey());
            entry.put("dtype", tensor.dtype().safetensorsName());
            Arrays.stream(tensor.shape()).forEach(entry.putArray("shape")::add);
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] text = JSON.writeValueAsBytes(root);
        int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] json = Arrays.copyOf(text, padded);
        Arrays.fill(json, text.length, padded, (byte) ' ');
        return ByteBuffer.allocate(Long.BYTES + padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded)
                .put(json)
                .flip();
    }

    private static void writeTensor(FileChannel channel, Tensor tensor) throws IOException {
        try (Scope scope = Scope.open()) {
            Tensor flat = tensor.detach().reshape(-1);
            for (long start = 0; start < flat.elements(); start += CHUNK) {
                try (Scope chunk = Scope.open()) {
                    Tensor piece = flat.narrow(0, start, Math.min(CHUNK, flat.elements() - start));
                    writeFully(channel, ByteBuffer.wrap(piece.toBytes()));
                }
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
