package dev.hapax.evaluation.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultStoreTest {
    private static final Cell CELL = Bakery.loaf(0, 1);

    @TempDir
    Path root;

    @Test
    void keepsDescriptionResultAndFormat() throws Exception {
        ResultStore store = written();
        assertEquals(
                CELL.key().substring(0, 2),
                store.file(CELL).getParent().getFileName().toString());
        assertEquals(
                "{\"cell\":" + CELL.description().text() + ",\"format\":3,\"result\":{\"weight\":0.5}}\n",
                Files.readString(store.file(CELL)));
        assertEquals("{\"weight\":0.5}", store.find(CELL).orElseThrow().toString());
    }

    @Test
    void neverBelievesATruncatedFile() throws Exception {
        ResultStore store = written();
        byte[] whole = Files.readAllBytes(store.file(CELL));
        for (int length = 0; length < whole.length - 1; length++) { // without the last byte, a line feed, it is whole
            Files.write(store.file(CELL), java.util.Arrays.copyOf(whole, length));
            assertFalse(store.find(CELL).isPresent(), "cut to " + length + " bytes");
        }
    }

    @Test
    void neverBelievesADamagedFile() throws Exception {
        ResultStore store = written();
        String whole = Files.readString(store.file(CELL));
        for (String damaged : new String[] {
            whole + "{}",
            whole.replace("\"loaf\":1", "\"loaf\":2"),
            whole.replace("result", "reslut"),
            "[]\n",
            "\0\0\0",
            whole.replace("\"format\":3", "\"format\":\"3\"")
        }) {
            assertFalse(whole.equals(damaged));
            Files.writeString(store.file(CELL), damaged);
            assertFalse(store.find(CELL).isPresent(), damaged);
        }
        Files.write(store.file(CELL), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertFalse(store.find(CELL).isPresent());
    }

    @Test
    void aDamagedResultIsComputedAnew() throws IOException {
        Bakery.bake(root, 1);
        Path file = GridFolder.open(root, Bakery.FORMAT).results().file(CELL);
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() / 2));
        Bakery.bake(root, 1);
        assertEquals(whole, Files.readString(file));
    }

    @Test
    void refusesAnotherFormat() throws Exception {
        ResultStore store = written();
        String message = assertThrows(CheckpointException.class, () -> GridFolder.open(root, 4))
                .getMessage();
        assertTrue(message.startsWith(root.resolve("format.json") + " was written by another version"), message);
        assertTrue(message.contains("its results have format 3, this version's 4; choose another folder"), message);
        Files.writeString(store.file(CELL), Files.readString(store.file(CELL)).replace("\"format\":3", "\"format\":2"));
        assertThrows(CheckpointException.class, () -> store.find(CELL));
        Files.writeString(root.resolve("format.json"), "{");
        String damaged = assertThrows(CheckpointException.class, () -> GridFolder.open(root, 3))
                .getMessage();
        assertTrue(damaged.contains("is damaged"), damaged);
    }

    private ResultStore written() throws Exception {
        ResultStore store = GridFolder.open(root, 3).results();
        store.put(CELL, CanonicalJson.object().put("weight", 0.5));
        return store;
    }
}
