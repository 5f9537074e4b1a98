package dev.hapax.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files that are whole or not there: the bytes go to {@code <name>.part} in the same folder, are forced to the
 * disk, and take the file's name in one step. Whatever happens, the name leads to the old file or to the new one.
 */
public final class AtomicFile {
    private AtomicFile() {}

    /** Fills a new file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to the channel. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Writes a file, in place of the one that may have this name.
     *
     * @throws WriteFailedException if it cannot be written; what was there before is then still there
     */
    public static void write(Path file, Content content) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed(file, part, e);
        }
    }

    /** Writes these bytes as a file; otherwise as {@link #write(Path, Content)}. */
    public static void write(Path file, byte[] bytes) {
        write(file, channel -> {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        });
    }

    private static CheckpointException failed(Path file, Path part, IOException e) {
        CheckpointException failure = new WriteFailedException(file, e);
        try {
            Files.deleteIfExists(part);
        } catch (IOException leftover) {
            failure.addSuppressed(leftover);
        }
        return failure;
    }
}
