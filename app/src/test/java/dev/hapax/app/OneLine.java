package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** How a user's mistake is told: in one line, with exit code 2. */
final class OneLine {
    private OneLine() {}

    /** Checks that the run said so, {@code expected} in its line, and nothing else. */
    static void mistake(String expected, CommandRun run) {
        mistakeAtLast(expected, run);
        assertEquals(1, run.err().lines().count(), run.err());
    }

    /** The same where something was told or done before. */
    static void mistakeAtLast(String expected, CommandRun run) {
        assertEquals(2, run.code(), run.err());
        assertEquals("", run.out());
        List<String> lines = run.err().lines().toList();
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        assertTrue(last.startsWith("hapax: ") && last.contains(expected), run.err());
    }
}
