package dev.hapax.lora;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.FileHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One of the files that a LoRA consists of.
 *
 * @param weights the safetensors file
 * @param part the model's part that its folder is named after; empty if the tensors' names say it
 * @param config PEFT's configuration beside it
 */
record LoraSource(Path weights, Optional<String> part, Optional<Path> config) {
    private static final List<String> PARTS = List.of("unet", "text_encoder", "text_encoder_2");
    private static final String CONFIG = "adapter_config.json"; // the names that PEFT and diffusers write
    private static final String ADAPTER = "adapter_model";
    private static final String DIFFUSERS = "pytorch_lora_weights";
    private static final String ENDING = ".safetensors";
    private static final String TORCH = ".bin";
    private static final List<String> TORCH_ENDINGS = List.of(TORCH, ".pt", ".pth", ".ckpt");

    /**
     * The files of a LoRA: a file, a folder with one that diffusers or PEFT has written, or a folder with PEFT folders
     * that are named like parts of a model.
     *
     * @throws CheckpointException if there is none, or it is of a kind that is not read
     */
    static List<LoraSource> of(Path path) {
        if (!Files.exists(path)) {
            throw new CheckpointException(
                    "there is no LoRA file or folder " + path + "; look at the path " + path.toAbsolutePath());
        }
        if (!Files.isDirectory(path)) {
            return List.of(new LoraSource(safetensors(path), Optional.empty(), Optional.empty()));
        }
        if (isPeft(path)) {
            return List.of(peft(path, part(path)));
        }
        List<LoraSource> parts = PARTS.stream()
                .filter(part -> isPeft(path.resolve(part)))
                .map(part -> peft(path.resolve(part), Optional.of(part)))
                .toList();
        return parts.isEmpty()
                ? List.of(new LoraSource(named(path, DIFFUSERS), Optional.empty(), Optional.empty()))
                : parts;
    }

    /** Whether a folder has the files of a LoRA, by their names. */
    static boolean isFolder(Path path) {
        return isPeft(path)
                || PARTS.stream().anyMatch(part -> isPeft(path.resolve(part)))
                || Files.isRegularFile(path.resolve(DIFFUSERS + ENDING))
                || Files.isRegularFile(path.resolve(DIFFUSERS + TORCH));
    }

    private static boolean isPeft(Path folder) {
        return Files.isRegularFile(folder.resolve(CONFIG));
    }

    private static Optional<String> part(Path folder) {
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        return PARTS.contains(name) ? Optional.of(name) : Optional.empty();
    }

    private static LoraSource peft(Path folder, Optional<String> part) {
        return new LoraSource(named(folder, ADAPTER), part, Optional.of(folder.resolve(CONFIG)));
    }

    private static Path named(Path folder, String name) {
        Path file = folder.resolve(name + ENDING);
        if (Files.isRegularFile(file)) {
            return file;
        }
        Path torch = folder.resolve(name + TORCH);
        if (Files.isRegularFile(torch)) {
            return safetensors(torch);
        }
        throw new CheckpointException(
                folder + " holds no LoRA: " + name + ENDING + " is missing; it has " + list(folder));
    }

    private static Path safetensors(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (TORCH_ENDINGS.stream().anyMatch(name::endsWith)) {
            throw new CheckpointException(
                    file + " is a file of PyTorch, of which only safetensors are read;" + " convert it to " + ENDING);
        }
        return file;
    }

    private static String list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .sorted()
                    .toList()
                    .toString();
        } catch (IOException e) {
            throw new CheckpointException(folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    /** Settings of the configuration; empty without one. */
    Optional<PeftSettings> settings() {
        return config.map(file -> PeftSettings.of(Config.read(file)));
    }

    /** The hash of a LoRA: that of its file's bytes, or one of all its files. */
    static String hash(Path root, List<LoraSource> sources) {
        List<Path> files = sources.stream()
                .flatMap(source -> Stream.concat(source.config().stream(), Stream.of(source.weights())))
                .toList();
        return files.size() == 1 ? FileHash.of(files.get(0)) : FileHash.of(root, files);
    }
}
