package dev.hapax.evaluation.grid;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What grids leave behind:
 *
 * <pre>
 * format.json              the format of the results
 * results/ab/ab12....json  one result
 * products/ab12.../        one product
 * times.jsonl              how long each piece of work took, for estimates
 * locks/                   empty files that keep processes out of each other's way
 * </pre>
 *
 * Only results and products depend on what was computed; they are the same bytes however they were computed.
 */
public final class GridFolder {
    private final Path root;
    private final ResultStore results;
    private final Products products;

    private GridFolder(Path root, int format) {
        this.root = root;
        Path locks = root.resolve("locks");
        this.results = new ResultStore(root.resolve("results"), locks, format);
        this.products = new Products(root.resolve("products"), locks);
    }

    /**
     * Opens a folder, or begins one.
     *
     * @param format the version of what results and products mean; raised whenever the same description is computed in
     *     another way
     * @throws CheckpointException if it was written in another format
     */
    public static GridFolder open(Path root, int format) {
        Path marker = root.resolve("format.json");
        try {
            new FolderLock(root.resolve("locks").resolve("format")).hold(() -> false, () -> {
                if (Files.exists(marker)) {
                    requireFormat(marker, written(marker), format);
                } else {
                    AtomicFile.write(marker, ("{\"format\":" + format + "}\n").getBytes(StandardCharsets.UTF_8));
                }
                return marker;
            });
        } catch (CheckpointException e) {
            throw e;
        } catch (Exception e) {
            throw new CheckpointException("the folder " + root + " cannot be used: " + e + "; choose another", e);
        }
        return new GridFolder(root, format);
    }

    /** The results. */
    public ResultStore results() {
        return results;
    }

    /** The products. */
    public Products products() {
        return products;
    }

    /** How long work took. */
    Path times() {
        return root.resolve("times.jsonl");
    }

    static void requireFormat(Path file, int written, int wanted) {
        if (written != wanted) {
            throw new CheckpointException(file + " was written by another version of Hapax: its results have format "
                    + written + ", this version's " + wanted + "; choose another folder, or delete this one to compute"
                    + " everything anew");
        }
    }

    private static int written(Path marker) throws IOException {
        try {
            return CanonicalJson.object(Files.readString(marker)).path("format").asInt();
        } catch (JsonProcessingException e) {
            throw new CheckpointException(
                    marker + " is damaged (" + e.getOriginalMessage() + "); delete the folder that holds it", e);
        }
    }
}
