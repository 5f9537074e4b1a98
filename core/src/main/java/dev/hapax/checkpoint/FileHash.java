package dev.hapax.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** SHA-256 of files, in hexadecimal. Reads every byte: about a second per gigabyte. */
public final class FileHash {
    private FileHash() {}

    /**
     * The hash of a file's content, as {@code sha256sum} prints it.
     *
     * @throws CheckpointException if it cannot be read
     */
    public static String of(Path file) {
        MessageDigest digest = sha256();
        try {
            content(digest, file);
        } catch (IOException e) {
            throw new CheckpointException(file + " cannot be read: " + e.getMessage(), e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * One hash of several files, in the given order: for each its path within {@code root}, a zero byte, the length as
     * eight bytes, and the content.
     *
     * @throws CheckpointException if one cannot be read
     */
    public static String of(Path root, Collection<Path> files) {
        MessageDigest digest = sha256();
        try {
            for (Path file : files) {
                String name = root.relativize(file).toString().replace('\\', '/');
                digest.update((name + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(ByteBuffer.allocate(Long.BYTES)
                        .putLong(Files.size(file))
                        .flip());
                content(digest, file);
            }
        } catch (IOException e) {
            throw new CheckpointException(root + " cannot be read: " + e.getMessage(), e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The hash of a text's UTF-8 bytes. */
    public static String ofText(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void content(MessageDigest digest, Path file) throws IOException {
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
