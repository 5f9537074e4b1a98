package dev.hapax.evaluation.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs in processes of their own, which are really killed. */
@Timeout(300)
class KilledRunTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"making dough, 1", "computing, 1", "computing, 6", "settled loaf, 4", "settled loaf, 9"})
    void killedAndResumedIsUninterrupted(String line, int times) throws Exception {
        Path root = folder.resolve("killed");
        Process process = BakeryProcess.start(root, 2);
        waitFor(process, line, times);
        process.destroyForcibly().waitFor();
        long kept = results(root);
        assertTrue(kept < 15, "the process was killed too late");
        assertEquals(Bakery.bake(folder.resolve("whole"), 1), Bakery.bake(root, 2));
        assertEquals(Bakery.bytes(folder.resolve("whole")), Bakery.bytes(root));
    }

    @Test
    void aHalfMadeProductIsThere() throws Exception { // what the test above is about
        Path root = folder.resolve("killed");
        Process process = BakeryProcess.start(root, 1);
        waitFor(process, "making dough", 1);
        process.destroyForcibly().waitFor();
        assertTrue(Files.exists(root.resolve("products")
                .resolve(Bakery.dough(0).key() + ".part")
                .resolve("half")));
    }

    @Test
    void askedToEndItFinishesTheCellUnderWay() throws Exception {
        Path root = folder.resolve("asked");
        Process process = BakeryProcess.start(root, 1);
        try (BufferedReader lines = process.inputReader()) {
            until(lines, "computing", 3);
            process.toHandle().destroy(); // Process.destroy closes the stream too
            List<String> rest = lines.lines().toList();
            assertEquals("settled loaf", rest.get(0));
            assertTrue(rest.get(rest.size() - 1).startsWith("stopped after "), rest.toString());
        }
        assertNotEquals(0, process.waitFor());
        assertTrue(results(root) >= 3);
        assertEquals(Bakery.bake(folder.resolve("whole"), 1), Bakery.bake(root, 1));
    }

    @Test
    void twoProcessesShareWithoutHarm() throws Exception {
        Path root = folder.resolve("shared");
        Process first = BakeryProcess.start(root, 2);
        Process second = BakeryProcess.start(root, 2);
        waitFor(first, "over", 1);
        waitFor(second, "over", 1);
        assertEquals(0, first.waitFor());
        assertEquals(0, second.waitFor());
        Bakery.bake(folder.resolve("whole"), 1);
        assertEquals(Bakery.bytes(folder.resolve("whole")), Bakery.bytes(root));
        List<String> made = Files.readAllLines(folder.resolve("shared.journal"));
        assertEquals(4, made.size(), "each product is made by one of the two: " + made);
        assertEquals(4, new HashSet<>(made).size());
    }

    private static void waitFor(Process process, String line, int times) throws IOException {
        until(process.inputReader(), line, times);
    }

    private static void until(BufferedReader lines, String line, int times) throws IOException {
        int seen = 0;
        while (seen < times) {
            String next = lines.readLine();
            assertTrue(next != null, "the process ended before it said " + line);
            seen += next.equals(line) ? 1 : 0;
        }
    }

    private static long results(Path root) throws IOException {
        Path results = root.resolve("results");
        if (!Files.exists(results)) {
            return 0;
        }
        try (Stream<Path> paths = Files.walk(results)) {
            return paths.filter(path -> path.toString().endsWith(".json")).count();
        }
    }
}
