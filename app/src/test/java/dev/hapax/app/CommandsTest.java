package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandsTest {
    @Test
    void everyCommandHelpsWithExamples() {
        for (String command : List.of(
                "",
                "learn",
                "generate",
                "model",
                "model info",
                "demo",
                "probe",
                "probe attention",
                "probe entropy",
                "picturebook",
                "picturebook train",
                "picturebook check")) {
            CommandRun run =
                    CommandRun.of((Object[]) (command + " --help").strip().split(" "));
            assertEquals(0, run.code(), command);
            assertTrue(run.out().contains("Example"), command);
            assertTrue(run.out().contains("  hapax " + command), command);
            assertEquals("", run.err(), command);
        }
        assertTrue(CommandRun.of("--version").out().startsWith("hapax "));
        assertEquals(CommandRun.of("--help").out(), CommandRun.of().out());
    }

    @Test
    void anUnknownCommandIsAMistake() {
        CommandRun run = CommandRun.of("lern");
        assertEquals(2, run.code());
        assertEquals(1, run.err().lines().count(), run.err());
    }
}
