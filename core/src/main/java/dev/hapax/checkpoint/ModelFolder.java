package dev.hapax.checkpoint;

import dev.hapax.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A model as diffusers and transformers save it: a folder with one folder per part ({@code unet}, {@code vae}, {@code
 * text_encoder}, {@code tokenizer}, ...), each with its configuration and weights. The part {@link #ROOT} is the folder
 * itself, for a model that lies in one folder without parts.
 *
 * <p>Weights that were read live until the folder is closed.
 */
public final class ModelFolder implements AutoCloseable {
    /** The name of the part that is the folder itself. */
    public static final String ROOT = "";

    /** The part that finds things in pictures. */
    public static final String DETECTOR = "detector";

    /** The part that says where the things of a prompt shall stand. */
    public static final String LAYOUT = "layout";

    private static final List<String> CONFIG_NAMES =
            List.of("config.json", "scheduler_config.json", "preprocessor_config.json", "tokenizer_config.json");

    private final Path root;
    private final List<LoadedWeights> open = new ArrayList<>();

    private ModelFolder(Path root) {
        this.root = root;
    }

    /**
     * Opens a model's folder.
     *
     * @throws CheckpointException if there is no such folder, or it holds no part
     */
    public static ModelFolder open(Path root) {
        if (!Files.isDirectory(root)) {
            throw new CheckpointException(root + " is not a folder; a model is the folder that holds model_index.json");
        }
        ModelFolder folder = new ModelFolder(root);
        if (folder.parts().isEmpty() && configFile(root).isEmpty()) {
            throw new CheckpointException(root + " is not a model folder: no folder in it has a configuration");
        }
        return folder;
    }

    /** Where the model lies. */
    public Path root() {
        return root;
    }

    /** {@code model_index.json}, which names the pipeline; not every folder has one. */
    public Optional<Config> index() {
        Path file = root.resolve("model_index.json");
        return Files.isRegularFile(file) ? Optional.of(Config.read(file)) : Optional.empty();
    }

    /** The names of all parts, sorted: the folders with a configuration. */
    public List<String> parts() {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(entry ->
                            Files.isDirectory(entry) && configFile(entry).isPresent())
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CheckpointException(root + " cannot be listed: " + e.getMessage(), e);
        }
    }

    /** Whether there is a part of this name. */
    public boolean has(String part) {
        return configFile(root.resolve(part)).isPresent();
    }

    /** Whether there is a part of this name, with weights. */
    public boolean hasWeights(String part) {
        return has(part) && WeightFiles.present(root.resolve(part));
    }

    /**
     * The folder of a part.
     *
     * @throws CheckpointException if there is none, naming those there are
     */
    public Path path(String part) {
        if (!has(part)) {
            throw new CheckpointException(root + " has no part "
                    + (part.isEmpty() ? "in the folder itself" : "\"" + part + "\"") + "; it has " + parts());
        }
        return root.resolve(part);
    }

    /** A part's configuration: {@code config.json}, or the file that a scheduler or a processor has in its place. */
    public Config config(String part) {
        return Config.read(configFile(path(part)).orElseThrow());
    }

    /**
     * A part's weights, converted to {@code dtype}: {@code diffusion_pytorch_model} or {@code model}, whole or in
     * shards, without a variant or else in the only variant there is. Nothing is read before it is asked for.
     *
     * @throws CheckpointException if the part is missing, has no weights, or a file is damaged
     */
    public Weights weights(String part, DType dtype) {
        String name = part.isEmpty() ? root.getFileName().toString() : part;
        LoadedWeights weights = LoadedWeights.open(name, WeightFiles.in(path(part)), dtype);
        open.add(weights);
        return Weights.of(weights);
    }

    /**
     * SHA-256 over the weights of these parts, in hexadecimal: for each file that {@link #weights} reads, in the order
     * of its path within the folder, that path, a zero byte, the length as eight bytes, and the content. Folders of
     * equal hash hold the same weights. Reads every byte: about a second per gigabyte.
     *
     * @throws CheckpointException if a part is missing or has no weights
     */
    public String hash(Collection<String> parts) {
        List<Path> files = new ArrayList<>();
        new TreeSet<>(parts).forEach(part -> files.addAll(WeightFiles.in(path(part))));
        return FileHash.of(root, files);
    }

    /**
     * The {@linkplain #hash(Collection) hash} of every part that has weights, but for those that only look at what the
     * model has drawn or say where: {@value #DETECTOR} and {@value #LAYOUT} may be added to a folder without its becoming
     * another model.
     */
    public String hash() {
        return hash(Stream.concat(Stream.of(ROOT), parts().stream())
                .filter(part -> !part.equals(DETECTOR) && !part.equals(LAYOUT))
                .filter(this::hasWeights)
                .toList());
    }

    private static Optional<Path> configFile(Path folder) {
        return CONFIG_NAMES.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Frees all weights that were read from here. */
    @Override
    public void close() {
        open.forEach(LoadedWeights::close);
        open.clear();
    }
}
