package dev.hapax.run.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.WriteFailedException;
import dev.hapax.run.TextLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What was found in images of pairs, a {@link SeenPair} on each line. The first line says how the images were drawn, as
 * {@code {"images":{...}}}; where it is missing, the boxes are from elsewhere and no image is added to them.
 */
public final class BoxesFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEAD = "images";

    private final Path file;
    private final List<SeenPair> pairs;

    private BoxesFile(Path file, List<SeenPair> pairs) {
        this.file = file;
        this.pairs = pairs;
    }

    /**
     * Opens a file or begins one; a last line that was cut off is dropped.
     *
     * @param images how images are drawn
     * @throws CheckpointException if its images were drawn otherwise, or a line is none
     */
    public static BoxesFile open(Path file, Map<String, Object> images) {
        String head =
                JSON.createObjectNode().set(HEAD, JSON.valueToTree(images)).toString();
        List<String> lines = Files.exists(file) ? TextLines.of(file, "pair of boxes") : List.of();
        String drawn = lines.isEmpty() ? head : lines.get(0);
        if (!drawn.equals(head)) {
            throw new CheckpointException(file + " holds boxes of images that were drawn otherwise, " + drawn
                    + ", and these are to be " + head + "; give another file with --boxes");
        }
        List<SeenPair> pairs = pairs(file, lines);
        List<String> whole = new ArrayList<>(List.of(head));
        pairs.forEach(pair -> whole.add(pair.line()));
        write(file, whole);
        return new BoxesFile(file, pairs);
    }

    /**
     * Reads what a file holds, ours or from elsewhere.
     *
     * @throws CheckpointException if it cannot be read, or a line is none
     */
    public static List<SeenPair> read(Path file) {
        return pairs(file, TextLines.of(file, "pair of boxes"));
    }

    /** Whether the boxes of a file are from elsewhere: its first line does not say how images are drawn. */
    public static boolean isGiven(Path file) {
        List<String> lines = TextLines.of(file, "pair of boxes");
        return lines.isEmpty() || !isHead(lines.get(0));
    }

    private static List<SeenPair> pairs(Path file, List<String> lines) {
        boolean ours = !lines.isEmpty() && isHead(lines.get(0));
        List<SeenPair> pairs = new ArrayList<>();
        for (int i = ours ? 1 : 0; i < lines.size(); i++) {
            try {
                pairs.add(SeenPair.parse(lines.get(i)));
            } catch (IllegalArgumentException e) {
                if (!ours || i < lines.size() - 1) { // else a process was killed while it wrote this
                    throw new CheckpointException(file + ", line " + (i + 1) + ": " + e.getMessage(), e);
                }
            }
        }
        return pairs;
    }

    private static boolean isHead(String line) {
        try {
            return JSON.readTree(line).has(HEAD);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new WriteFailedException(file, e);
        }
        AtomicFile.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** What was found so far. */
    public List<SeenPair> pairs() {
        return List.copyOf(pairs);
    }

    /** Adds a line to the file. */
    void add(SeenPair pair) {
        try {
            Files.writeString(file, pair.line() + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new WriteFailedException(file, e);
        }
        pairs.add(pair);
    }
}
