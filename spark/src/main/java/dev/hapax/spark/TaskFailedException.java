package dev.hapax.spark;

import dev.hapax.run.Failures;

/** A task could not begin: its class, its model or the natives are not there. */
final class TaskFailedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    TaskFailedException(Throwable cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }

    /** The message in one line. */
    String line() {
        return Failures.line(String.valueOf(getMessage()));
    }
}
