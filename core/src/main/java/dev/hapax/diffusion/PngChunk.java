package dev.hapax.diffusion;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** One chunk of a PNG file (W3C PNG specification, section 5.3). */
final class PngChunk {
    private final String type;
    private final byte[] data;

    PngChunk(String type, byte[] data) {
        this.type = type;
        this.data = data;
    }

    /**
     * A text: {@code tEXt} if it can be written in Latin-1, else {@code iTXt}, in UTF-8. (The JDK's own writer puts
     * other scripts into {@code tEXt} as question marks.)
     *
     * @param keyword 1 to 79 printable ASCII characters
     */
    static PngChunk text(String keyword, String value) {
        String clean = value.replace("\0", ""); // a zero would end the text
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
        out.write(0);
        if (StandardCharsets.ISO_8859_1.newEncoder().canEncode(clean)) {
            out.writeBytes(clean.getBytes(StandardCharsets.ISO_8859_1));
            return new PngChunk("tEXt", out.toByteArray());
        }
        out.writeBytes(new byte[] {0, 0, 0, 0}); // not compressed, method 0, no language, no translated keyword
        out.writeBytes(clean.getBytes(StandardCharsets.UTF_8));
        return new PngChunk("iTXt", out.toByteArray());
    }

    /** Length, type, data and check sum. */
    byte[] toBytes() {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(name)
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }
}
