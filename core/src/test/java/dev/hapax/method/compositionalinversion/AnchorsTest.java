package dev.hapax.method.compositionalinversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorsTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void cocoHasEightyNames() {
        List<String> names = Anchors.coco().names();
        assertEquals(80, names.size());
        assertEquals("person", names.get(0));
        assertEquals("potted plant", names.get(58));
        assertEquals("toothbrush", names.get(79));
    }

    @Test
    void aFileHasOneNameInEachLine() throws IOException {
        Path file = Files.writeString(folder.resolve("kinds.txt"), "# kinds\n cat \n\nrolling ball\n");
        Anchors anchors = Anchors.read(file);
        assertEquals(List.of("cat", "rolling ball"), anchors.names());
        assertEquals(
                List.of("cat", "rolling ball", "mug"),
                anchors.with(List.of("cat", "mug", "mug")).names());
    }

    @Test
    void whatNamesNothingOrSomethingTwiceIsRefused() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.txt"), "# nothing\n\n");
        var nothing = assertThrows(IllegalArgumentException.class, () -> Anchors.read(empty));
        assertTrue(String.valueOf(nothing.getMessage()).contains("empty.txt names no anchor"));
        Path twice = Files.writeString(folder.resolve("twice.txt"), "cat\ndog\ncat\n");
        var doubled = assertThrows(IllegalArgumentException.class, () -> Anchors.read(twice));
        assertEquals("anchors must be names, each once, got \"cat\"", doubled.getMessage());
        var missing = assertThrows(IllegalArgumentException.class, () -> Anchors.read(folder.resolve("missing.txt")));
        assertTrue(String.valueOf(missing.getMessage()).startsWith("there is no file of anchors "));
        assertThrows(IllegalArgumentException.class, () -> new Anchors(List.of()));
    }
}
