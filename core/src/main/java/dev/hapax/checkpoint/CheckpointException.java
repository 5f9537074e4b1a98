package dev.hapax.checkpoint;

/** A file or folder that cannot be used as it is. The message is one line: what, the two values, what to do. */
public class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception with this one-line message. */
    public CheckpointException(String message) {
        super(message);
    }

    /** An exception with this one-line message and what caused it. */
    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
