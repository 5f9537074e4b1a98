package dev.hapax.app;

import dev.hapax.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of {@code --out}, made before the work whose results go there. */
final class OutFolder {
    private OutFolder() {}

    /**
     * Makes it if needed.
     *
     * @throws CheckpointException if nothing could be written there
     */
    static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CheckpointException(
                    "the folder " + folder + " cannot be made: " + e.getMessage() + "; choose another --out", e);
        }
        if (!Files.isWritable(folder)) {
            throw new CheckpointException("the folder " + folder + " may not be written to; choose another --out");
        }
    }
}
