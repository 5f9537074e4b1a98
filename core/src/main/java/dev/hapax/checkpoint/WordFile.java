package dev.hapax.checkpoint;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A learned word in a file of its own: a safetensors file with one fp32 tensor whose name is the placeholder. A word that
 * is the same everywhere has (n, width), the layout that other tools read; one with vectors for each cell has (cells, n,
 * width) and the table of its cells in the metadata, which they refuse. {@link #flattened()} is what they can have of it.
 *
 * @param token what stands in prompts, for example {@code <a>}
 * @param vectors (n, width) or (cells, n, width), fp32; belongs to the scope in which the file was read
 * @param metadata how the word came about, as texts by name; empty in the files of other tools
 */
public record WordFile(String token, Tensor vectors, Map<String, String> metadata) {
    private static final String KOHYA =
            "emb_params"; // the key of kohya-ss/sd-scripts, which names the word by its file
    private static final Set<String> SDXL = Set.of("clip_l", "clip_g");
    /** Of the metadata: the table of cells, as JSON. */
    public static final String CELLS = "cells";

    /** Of the metadata: where the word may be read, as JSON; without it everywhere. */
    public static final String PLACEMENT = "placement";

    private static final String FLATTENED = "flattened";
    private static final String ENDING = ".safetensors";

    /** Checks the shape and sorts the metadata. */
    public WordFile {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        if (token.isBlank() || vectors.rank() < 2 || vectors.rank() > 3 || hasZero(vectors.shape())) {
            throw new IllegalArgumentException("a word needs a name and vectors of shape (n, width) or (cells, n,"
                    + " width), got \"" + token + "\" and " + Arrays.toString(vectors.shape()));
        }
        if ((vectors.rank() == 3) != metadata.containsKey(CELLS)) {
            throw new IllegalArgumentException("the vectors of " + token + " have shape "
                    + Arrays.toString(vectors.shape()) + (vectors.rank() == 3 ? ", without" : ", with")
                    + " a table of cells; (cells, n, width) goes with one, (n, width) without");
        }
    }

    /**
     * Writes the word in one atomic step.
     *
     * @throws WriteFailedException if the file cannot be written; one that had this name is then still there
     */
    public void write(Path file) {
        try (Scope scope = Scope.open()) {
            Tensor rows = vectors.detach().to(DType.FLOAT32).contiguous();
            Map<String, String> all = new TreeMap<>(metadata);
            all.put("format", "pt"); // without it transformers' loader refuses a file
            SafetensorsWriter.write(file, Map.of(token, rows), all);
        }
    }

    /** Cell after cell: (cells * n, width). */
    public Tensor rows() {
        return vectors.rank() == 2 ? vectors : vectors.reshape(-1, vectors.size(2));
    }

    /** The mean over the cells for tools that know one vector per token, with a line that says what is lost. */
    public WordFile flattened() {
        if (vectors.rank() == 2) {
            return this;
        }
        Map<String, String> texts = new TreeMap<>(metadata);
        texts.remove(CELLS);
        texts.put(
                FLATTENED,
                "the mean of " + vectors.size(0) + " cells; what the word says to single layers or at single timesteps"
                        + " is lost");
        return new WordFile(token, Scope.run(() -> vectors.mean(false, 0)), texts);
    }

    /**
     * Reads a word that this or another tool wrote: any file with a single floating-point matrix (n, width) or row
     * (width) named by the word; with kohya's key {@code emb_params}, or the 16 keys of an XTI file, the file's name is the
     * word.
     *
     * @throws CheckpointException if it is missing, damaged, or holds something else
     */
    public static WordFile read(Path file) {
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            if (opened.names().equals(SDXL)) {
                throw new CheckpointException(file + " holds vectors for the two text encoders of Stable Diffusion XL;"
                        + " only words for models with one are read so far");
            }
            if (XtiFile.isOne(opened)) {
                return XtiFile.read(stem(file), opened);
            }
            if (opened.names().size() != 1) {
                throw new CheckpointException(
                        file + " is not a word file: it holds " + opened.names().size() + " tensors, a word file one");
            }
            String name = opened.names().iterator().next();
            long[] shape = opened.shape(name);
            boolean celled = opened.metadata().containsKey(CELLS);
            int most = celled ? 3 : 2;
            if (!opened.dtype(name).isFloating()
                    || shape.length < (celled ? most : 1)
                    || shape.length > most
                    || hasZero(shape)) {
                throw new CheckpointException(file + " is not a word file: its tensor " + name + " is "
                        + opened.dtype(name).safetensorsName() + " of shape " + Arrays.toString(shape)
                        + ", a word is floating-point of shape [n, width] or [width], with a table of cells in the"
                        + " metadata [cells, n, width]");
            }
            Tensor vectors = Scope.run(() -> opened.tensor(name)
                    .to(DType.FLOAT32)
                    .reshape(shape.length == 1 ? new long[] {1, shape[0]} : shape)
                    .copy()); // the file is closed below
            return new WordFile(name.equals(KOHYA) ? stem(file) : name, vectors, opened.metadata());
        }
    }

    private static boolean hasZero(long[] shape) {
        return Arrays.stream(shape).anyMatch(size -> size == 0);
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }
}
