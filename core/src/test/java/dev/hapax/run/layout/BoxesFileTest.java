package dev.hapax.run.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.layout.PairLayout;
import dev.hapax.vision.detect.Box;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoxesFileTest {
    private static final Map<String, Object> DRAWN = Map.of("guidance", 4.0);
    private static final SeenPair FOUND = new SeenPair(
            0,
            "cat",
            "ball",
            Optional.of(new PairLayout("cat", "ball", new Box(0.1, 1 / 3.0, 0.5, 0.9), new Box(-0.25, 0, 1, 1))));
    private static final SeenPair MISSED = new SeenPair(1, "ball", "cat", Optional.empty());

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("new/boxes.jsonl");
    }

    @Test
    void whatWasFoundIsThereAgain() {
        BoxesFile boxes = BoxesFile.open(file, DRAWN);
        boxes.add(FOUND);
        boxes.add(MISSED);
        assertEquals(List.of(FOUND, MISSED), boxes.pairs());
        assertEquals(List.of(FOUND, MISSED), BoxesFile.open(file, DRAWN).pairs());
        assertEquals(List.of(FOUND, MISSED), BoxesFile.read(file));
        assertFalse(BoxesFile.isGiven(file));
    }

    @Test
    void aLineThatWasCutOffIsDroppedAndWrittenAgain() throws IOException {
        BoxesFile boxes = BoxesFile.open(file, DRAWN);
        boxes.add(FOUND);
        boxes.add(MISSED);
        byte[] whole = Files.readAllBytes(file);
        for (int cut : new int[] {1, 2, 10}) { // the end of the line alone, and more
            Files.write(file, Arrays.copyOf(whole, whole.length - cut));
            BoxesFile again = BoxesFile.open(file, DRAWN);
            if (again.pairs().size() == 1) {
                again.add(MISSED);
            }
            assertEquals(Files.readString(file), new String(whole, StandardCharsets.UTF_8));
        }
    }

    @Test
    void otherImagesAreRefused() {
        BoxesFile.open(file, DRAWN);
        var error = assertThrows(CheckpointException.class, () -> BoxesFile.open(file, Map.of("guidance", 5.0)));
        assertEquals(
                file
                        + " holds boxes of images that were drawn otherwise, {\"images\":{\"guidance\":4.0}}, and these are to"
                        + " be {\"images\":{\"guidance\":5.0}}; give another file with --boxes",
                error.getMessage());
    }

    @Test
    void boxesFromElsewhereAreReadButHaveToBeWhole() throws IOException {
        Path given = folder.resolve("given.jsonl");
        String line = "{\"first\":\"cat\",\"second\":\"ball\",\"boxes\":[[0,0,0.5,1],[0.5,0,1,1]]}";
        Files.writeString(given, line + "\n");
        assertTrue(BoxesFile.isGiven(given));
        SeenPair pair = BoxesFile.read(given).get(0);
        assertEquals(new Box(0.5, 0, 1, 1), pair.layout().orElseThrow().secondBox());
        Files.writeString(given, line.replace("0.5,0,1", "0.5,0") + "\n", StandardOpenOption.APPEND);
        var error = assertThrows(CheckpointException.class, () -> BoxesFile.read(given));
        assertEquals(
                given + ", line 2: \"boxes\" must be null or two lists of left, top, right, bottom, got [0.5,0,1]",
                error.getMessage());
        Files.writeString(given, "{\"first\":\"cat\",\"boxes\":null}\n");
        var lacks = assertThrows(CheckpointException.class, () -> BoxesFile.read(given));
        assertEquals(given + ", line 1: it lacks \"second\"", lacks.getMessage());
    }
}
