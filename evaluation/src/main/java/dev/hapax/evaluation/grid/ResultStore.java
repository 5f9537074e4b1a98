package dev.hapax.evaluation.grid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The results of a grid: {@code results/<first two digits of the key>/<key>.json}, each with the description of its cell
 * and the format of the results. A file is whole or not there; one that was damaged afterwards is not believed, and its
 * cell counts as missing.
 */
public final class ResultStore {
    private final Path root;
    private final int format;
    private final FolderLock writing; // one writer at a time, also among processes

    ResultStore(Path root, Path locks, int format) {
        this.root = root;
        this.format = format;
        this.writing = new FolderLock(locks.resolve("results"));
    }

    /** Where the result of a cell is, if it is there. */
    public Path file(Cell cell) {
        return root.resolve(cell.key().substring(0, 2)).resolve(cell.key() + ".json");
    }

    /**
     * The result of a cell, if it was computed.
     *
     * @throws CheckpointException if it was written in another format, or cannot be read
     */
    public Optional<ObjectNode> find(Cell cell) {
        Path file = file(cell);
        try {
            ObjectNode content = CanonicalJson.object(Files.readString(file));
            if (!content.path("format").isInt()) {
                return Optional.empty();
            }
            GridFolder.requireFormat(file, content.path("format").intValue(), format);
            boolean own = CanonicalJson.text(content.path("cell"))
                    .equals(cell.description().text());
            return own && content.path("result") instanceof ObjectNode result ? Optional.of(result) : Optional.empty();
        } catch (NoSuchFileException | JsonProcessingException | MalformedInputException e) {
            return Optional.empty(); // never computed, or damaged: computed anew
        } catch (IOException e) {
            throw new CheckpointException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Keeps a result. */
    void put(Cell cell, ObjectNode result) throws Exception {
        ObjectNode content = CanonicalJson.object();
        content.set("cell", CanonicalJson.object(cell.description().text()));
        content.put("format", format);
        content.set("result", result);
        byte[] bytes = (CanonicalJson.text(content) + "\n").getBytes(StandardCharsets.UTF_8);
        Path file = file(cell);
        Files.createDirectories(file.getParent());
        writing.hold(() -> false, () -> {
            AtomicFile.write(file, bytes);
            return file;
        });
    }
}
