package dev.hapax.run;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.WriteFailedException;

/** How failures are told to people: in one line, and whose they are. */
public final class Failures {
    private Failures() {}

    /** The same text without line breaks. */
    public static String line(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** Whether the user can mend it: what was asked for or what was given is wrong. */
    public static boolean isMistake(Throwable e) {
        return e instanceof IllegalArgumentException
                || (e instanceof CheckpointException && !(e instanceof WriteFailedException));
    }
}
