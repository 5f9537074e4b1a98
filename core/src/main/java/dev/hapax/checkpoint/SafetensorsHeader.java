package dev.hapax.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a safetensors file says about itself: an 8-byte length, a JSON object of that length with a type, a shape and a
 * byte range per tensor, then the bytes. As the format demands, the ranges must fill the rest of the file: no overlap,
 * no hole, nothing after the last one.
 *
 * @param metadata the texts under {@code __metadata__}, sorted by key
 * @param entries the tensors by name, sorted
 * @param dataStart where in the file the tensors' bytes begin
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Entry> entries, long dataStart) {
    private static final long LENGTH_BYTES = 8;
    private static final long MAX_HEADER = 100_000_000; // the format's own limit
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** One tensor; {@code begin} and {@code end} count bytes from {@code dataStart}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and SafetensorsFile hands out copies
    record Entry(DType dtype, long[] shape, long begin, long end) {}

    SafetensorsHeader {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    }

    /** Reads and checks the header of {@code file}. */
    static SafetensorsHeader read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(file + " is missing or not a file");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size < LENGTH_BYTES) {
                throw new CheckpointException(
                        file + " is not a safetensors file: it has " + size + " bytes, the shortest one 10");
            }
            long length = read(channel, 0, (int) LENGTH_BYTES).getLong();
            if (length < 2 || length > MAX_HEADER) {
                throw new CheckpointException(file + " is not a safetensors file: its first 8 bytes give a header of "
                        + Long.toUnsignedString(length) + " bytes");
            }
            if (LENGTH_BYTES + length > size) {
                throw new CheckpointException(file + " is truncated: its header needs " + (LENGTH_BYTES + length)
                        + " bytes, the file has " + size + "; fetch it again");
            }
            ByteBuffer text = read(channel, LENGTH_BYTES, (int) length);
            return parse(file, StandardCharsets.UTF_8.decode(text).toString(), LENGTH_BYTES + length, size);
        } catch (IOException e) {
            throw new CheckpointException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            // read on: a channel may hand over less than was asked for
        }
        return buffer.flip();
    }

    private static SafetensorsHeader parse(Path file, String text, long dataStart, long fileSize) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CheckpointException(
                    file + " is not a safetensors file: its header is not JSON (" + e.getOriginalMessage() + ")", e);
        }
        if (!(root instanceof ObjectNode object)) {
            throw new CheckpointException(file + " is not a safetensors file: its header is not a JSON object");
        }
        Map<String, String> metadata = new TreeMap<>();
        Map<String, Entry> entries = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getKey().equals("__metadata__")) {
                field.getValue()
                        .properties()
                        .forEach(item ->
                                metadata.put(item.getKey(), item.getValue().asText()));
            } else {
                entries.put(field.getKey(), entry(file + ": " + field.getKey(), field.getValue()));
            }
        }
        SafetensorsHeader header = new SafetensorsHeader(metadata, entries, dataStart);
        header.requireFull(file, fileSize - dataStart);
        return header;
    }

    private static Entry entry(String what, JsonNode node) {
        JsonNode shapeNode = node.path("shape");
        JsonNode offsets = node.path("data_offsets");
        if (!node.path("dtype").isTextual() || !areSizes(shapeNode) || !areSizes(offsets) || offsets.size() != 2) {
            throw new CheckpointException(
                    what + ": dtype, shape and two data_offsets are needed, the header has " + node);
        }
        DType dtype;
        try {
            dtype = DType.ofSafetensors(node.get("dtype").textValue());
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(what + ": " + e.getMessage(), e);
        }
        long[] shape = new long[shapeNode.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = shapeNode.get(i).longValue();
        }
        long begin = offsets.get(0).longValue();
        long end = offsets.get(1).longValue();
        long needed;
        try {
            needed = Math.multiplyExact(Shape.elements(shape), (long) dtype.bytes());
        } catch (ArithmeticException e) {
            throw new CheckpointException(what + ": shape " + shapeNode + " is too large", e);
        }
        if (end - begin != needed) {
            throw new CheckpointException(what + ": " + dtype.safetensorsName() + " of shape " + shapeNode + " needs "
                    + needed + " bytes, data_offsets " + offsets + " hold " + (end - begin));
        }
        return new Entry(dtype, shape, begin, end);
    }

    private static boolean areSizes(JsonNode list) {
        boolean good = list.isArray();
        for (JsonNode item : list) {
            good &= item.isIntegralNumber() && item.canConvertToLong() && item.longValue() >= 0;
        }
        return good;
    }

    private void requireFull(Path file, long bytes) {
        List<Map.Entry<String, Entry>> byPlace = new ArrayList<>(entries.entrySet());
        byPlace.sort(Comparator.<Map.Entry<String, Entry>>comparingLong(
                        e -> e.getValue().begin())
                .thenComparingLong(e -> e.getValue().end()));
        long expected = 0;
        String previous = "the header";
        for (Map.Entry<String, Entry> item : byPlace) {
            Entry entry = item.getValue();
            if (entry.begin() != expected) {
                throw new CheckpointException(file + ": " + item.getKey() + " begins at byte " + entry.begin() + ", "
                        + previous + " ends at " + expected + "; the file is damaged (tensors "
                        + (entry.begin() < expected ? "overlap)" : "leave a hole)"));
            }
            if (entry.end() > bytes) {
                throw new CheckpointException(file + " is truncated: " + item.getKey() + " ends at byte " + entry.end()
                        + " of the data, the file has " + bytes + "; fetch it again");
            }
            expected = entry.end();
            previous = item.getKey();
        }
        if (expected != bytes) {
            throw new CheckpointException(file + ": " + (bytes - expected) + " bytes follow the last tensor, which ends"
                    + " at " + expected + "; the file is damaged");
        }
    }
}
