package dev.hapax.diffusion;

import dev.hapax.checkpoint.CheckpointException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.InflaterInputStream;

/** Reads the texts of a PNG file: {@code tEXt}, {@code zTXt} and {@code iTXt} chunks, by keyword. */
final class PngTexts {
    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int LONGEST_TEXT = 1 << 24; // bytes after decompression; more is an attack, not a prompt

    private PngTexts() {}

    /**
     * The texts, in the order of the file.
     *
     * @param origin what messages call the file
     * @throws CheckpointException if the bytes are not a PNG file or are cut off
     */
    static Map<String, String> read(String origin, byte[] file) {
        if (!Arrays.equals(SIGNATURE, Arrays.copyOf(file, SIGNATURE.length))) {
            throw new CheckpointException(origin + " is not a PNG file");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        ByteBuffer buffer = ByteBuffer.wrap(file).position(SIGNATURE.length);
        while (buffer.remaining() >= 12) {
            int length = buffer.getInt();
            byte[] type = new byte[4];
            buffer.get(type);
            String name = new String(type, StandardCharsets.US_ASCII);
            if (length < 0 || length > buffer.remaining() - 4) {
                throw new CheckpointException(origin + " is cut off within its chunk " + name);
            }
            byte[] data = new byte[length];
            buffer.get(data).getInt(); // the check sum was made for the pixels' sake; ImageIO reads those
            if (name.equals("tEXt") || name.equals("zTXt") || name.equals("iTXt")) {
                add(origin, name, data, texts);
            }
        }
        return texts;
    }

    private static void add(String origin, String type, byte[] data, Map<String, String> texts) {
        try {
            int keywordEnd = zero(data, 0);
            String keyword = new String(data, 0, keywordEnd, StandardCharsets.ISO_8859_1);
            texts.putIfAbsent(
                    keyword,
                    switch (type) {
                        case "tEXt" -> text(data, keywordEnd + 1, false, StandardCharsets.ISO_8859_1);
                        case "zTXt" -> text(data, keywordEnd + 2, true, StandardCharsets.ISO_8859_1);
                        default -> {
                            boolean compressed = data[keywordEnd + 1] == 1;
                            int language = zero(data, keywordEnd + 3);
                            yield text(data, zero(data, language + 1) + 1, compressed, StandardCharsets.UTF_8);
                        }
                    });
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new CheckpointException(origin + " has a damaged text chunk " + type + ": " + e.getMessage(), e);
        }
    }

    private static int zero(byte[] data, int from) throws IOException {
        for (int i = from; i < data.length; i++) {
            if (data[i] == 0) {
                return i;
            }
        }
        throw new IOException("it has no end of its keyword");
    }

    private static String text(byte[] data, int from, boolean compressed, Charset charset) throws IOException {
        if (!compressed) {
            return new String(data, from, data.length - from, charset);
        }
        var in = new InflaterInputStream(new ByteArrayInputStream(data, from, data.length - from));
        byte[] bytes = in.readNBytes(LONGEST_TEXT + 1);
        if (bytes.length > LONGEST_TEXT) {
            throw new IOException("it unpacks to more than " + LONGEST_TEXT + " bytes");
        }
        return new String(bytes, charset);
    }
}
