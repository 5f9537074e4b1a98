package dev.hapax.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** A file that could not be written: a full disk, a missing right. What had its name before is untouched. */
public final class WriteFailedException extends CheckpointException {
    private static final long serialVersionUID = 1L;

    /** For a file and why it could not be written. */
    public WriteFailedException(Path file, IOException cause) {
        super(file + " cannot be written: " + reason(file, cause) + "; what was there before is untouched", cause);
    }

    /** The system's reason: file system exceptions name the file first, others have the reason alone. */
    private static String reason(Path file, IOException cause) {
        String message = cause.getMessage();
        return message == null || message.equals(file.toString()) || message.equals(file + ".part")
                ? cause.getClass().getSimpleName().replace("Exception", "")
                : message;
    }
}
