package dev.hapax.lora;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.NearestName;
import dev.hapax.checkpoint.SafetensorsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An opened LoRA: a safetensors file in the naming of diffusers (three of them), PEFT or kohya, a folder with a file
 * that diffusers or PEFT has written, or one with a PEFT folder for each part of the model.
 *
 * <p>Its factors are views of the mapped files and live until this is closed.
 */
public final class LoraFile implements AutoCloseable {
    /** What files and folders of any LoRA are called: by diffusers, by PEFT, and in the folder of a run. */
    private static final Set<String> COMMON =
            Set.of("pytorch_lora_weights.safetensors", "adapter_model.safetensors", "lora");

    private final Path path;
    private final List<LoraSource> sources;
    private final List<SafetensorsFile> files = new ArrayList<>();
    private final List<LoraEntry> entries = new ArrayList<>();

    private LoraFile(Path path) {
        this.path = path;
        this.sources = LoraSource.of(path);
    }

    /**
     * Opens a LoRA and checks that it is whole.
     *
     * @throws CheckpointException if it is missing, damaged, of another kind, or has a tensor that belongs to nothing
     */
    public static LoraFile open(Path path) {
        LoraFile file = new LoraFile(path);
        try {
            for (LoraSource source : file.sources) {
                SafetensorsFile opened = SafetensorsFile.open(source.weights());
                file.files.add(opened);
                file.entries.addAll(LoraReader.read(opened, source));
            }
            return file;
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Whether a folder holds a LoRA, by the names of the files in it. */
    public static boolean isFolderOfOne(Path folder) {
        return LoraSource.isFolder(folder);
    }

    /** The file or folder. */
    public Path path() {
        return path;
    }

    /**
     * What to call it: the file's name without its ending, or the folder's; where many are called alike, that of the
     * folder around it.
     */
    public String name() {
        Path named = path.toAbsolutePath().normalize();
        while (COMMON.contains(String.valueOf(named.getFileName()))
                && named.getParent() != null
                && named.getParent().getFileName() != null) {
            named = named.getParent();
        }
        String name = String.valueOf(named.getFileName());
        return name.endsWith(".safetensors") ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    /**
     * SHA-256 in hexadecimal: of the file's bytes, or of all files of a folder with PEFT's configurations ({@link
     * dev.hapax.checkpoint.FileHash}).
     */
    public String hash() {
        return LoraSource.hash(path, sources);
    }

    /** The number of tensors. */
    public int tensors() {
        return entries.stream().mapToInt(LoraEntry::tensors).sum();
    }

    /** The parts of a model that it changes, sorted: {@code text_encoder}, {@code text_encoder_2}, {@code unet}. */
    public Set<String> parts() {
        Set<String> parts = new TreeSet<>();
        entries.forEach(entry -> parts.add(entry.part()));
        return parts;
    }

    /** Which models it was made for, as far as its shapes tell. */
    public Optional<String> family() {
        Map<String, LoraFactors> factors = new TreeMap<>();
        entries.forEach(entry -> factors.put(entry.part() + "." + entry.module(), entry.factors()));
        return LoraFamily.of(factors);
    }

    /** The texts that its files carry about themselves, sorted by key. */
    public Map<String, String> metadata() {
        Map<String, String> all = new TreeMap<>();
        files.forEach(file -> all.putAll(file.metadata()));
        return Collections.unmodifiableMap(all);
    }

    List<LoraEntry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /**
     * What it changes in one part of a model.
     *
     * @param part the part's name, for example {@code unet}
     * @param parameters the full names of all parameters of that part
     * @param weight what its changes are multiplied with
     * @throws CheckpointException if it names a module that the part does not have
     */
    public LoraChange on(String part, Set<String> parameters, double weight) {
        ModuleNames modules = new ModuleNames(parameters);
        Map<String, LoraFactors> factors = new LinkedHashMap<>();
        List<LoraEntry> unknown = new ArrayList<>();
        for (LoraEntry entry : entries) {
            if (entry.part().equals(part)) {
                Optional<String> module = modules.find(entry);
                if (module.isEmpty()) {
                    unknown.add(entry);
                } else if (factors.put(module.get() + ".weight", entry.factors()) != null) {
                    throw new CheckpointException(
                            path + " changes " + part + " " + module.get() + " twice, under two names; keep one");
                }
            }
        }
        if (!unknown.isEmpty()) {
            int lost = unknown.stream().mapToInt(LoraEntry::tensors).sum();
            LoraEntry first = unknown.get(0);
            throw new CheckpointException(path + ": " + lost + " of " + tensors() + " tensors match nothing in this"
                    + " model's " + part + ", the first module is " + first.module()
                    + NearestName.hint(first.module(), modules.spelledLike(first)) + fits());
        }
        return new LoraChange(path.toString(), factors, weight);
    }

    /** The end of a message about a model that it does not fit. */
    String fits() {
        return family().map(family -> "; the file fits " + family).orElse("");
    }

    /** Frees the factors. */
    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
        files.clear();
        entries.clear();
    }
}
