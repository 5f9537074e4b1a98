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
 * A learned word in a file of its own, in the layout that other tools read: a safetensors file with one fp32 tensor
 * (n, width) whose name is the placeholder.
 *
 * @param token what stands in prompts, for example {@code <a>}
 * @param vectors (n, width), fp32; belongs to the scope in which the file was read
 * @param metadata how the word came about, as texts by name; empty in the files of other tools
 */
public record WordFile(String token, Tensor vectors, Map<String, String> metadata) {
    private static final String KOHYA =
            "emb_params"; // the key of kohya-ss/sd-scripts, which names the word by its file
    private static final Set<String> SDXL = Set.of("clip_l", "clip_g");
    private static final String ENDING = ".safetensors";

    /** Checks the shape and sorts the metadata. */
    public WordFile {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        if (token.isBlank() || vectors.rank() != 2 || vectors.size(0) < 1 || vectors.size(1) < 1) {
            throw new IllegalArgumentException("a word needs a name and vectors of shape (n, width), got \"" + token
                    + "\" and " + Arrays.toString(vectors.shape()));
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

    /**
     * Reads a word that this or another tool wrote: any file with a single floating-point matrix (n, width) or row
     * (width) named by the word; with kohya's key {@code emb_params} the file's name is the word.
     *
     * @throws CheckpointException if it is missing, damaged, or holds something else
     */
    public static WordFile read(Path file) {
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            if (opened.names().equals(SDXL)) {
                throw new CheckpointException(file + " holds vectors for the two text encoders of Stable Diffusion XL;"
                        + " only words for models with one are read so far");
            }
            if (opened.names().size() != 1) {
                throw new CheckpointException(
                        file + " is not a word file: it holds " + opened.names().size() + " tensors, a word file one");
            }
            String name = opened.names().iterator().next();
            long[] shape = opened.shape(name);
            if (!opened.dtype(name).isFloating() || shape.length < 1 || shape.length > 2 || hasZero(shape)) {
                throw new CheckpointException(file + " is not a word file: its tensor " + name + " is "
                        + opened.dtype(name).safetensorsName() + " of shape " + Arrays.toString(shape)
                        + ", a word is floating-point of shape [n, width] or [width]");
            }
            Tensor vectors = Scope.run(() -> opened.tensor(name)
                    .to(DType.FLOAT32)
                    .reshape(shape.length == 1 ? 1 : shape[0], -1)
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
