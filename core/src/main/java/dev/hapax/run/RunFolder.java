package dev.hapax.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What learning leaves behind:
 *
 * <pre>
 * a.safetensors, b.safetensors    one word each
 * flattened/a.safetensors         of a word with vectors for each layer or stage their mean, for tools that know but one
 * xti/a.safetensors               of a word with vectors for each of sixteen layers kohya's form
 * weights/changed.safetensors     weights that were learned whole
 * lora/                           weights that were learned as a LoRA, or the LoRA closest to those above
 * kohya/lora.safetensors          the same in kohya's form
 * regularisation/                 pictures that the model drew to be reminded by
 * run.json                        everything that is needed to repeat the run
 * metrics.jsonl                   losses and sizes of the words, one line per step
 * resume/state.safetensors        everything that is needed to go on
 * samples/                        images on the way
 * negatives.jsonl                 what an invented word was taken for
 * pictures/                       what a bred word looks like
 * </pre>
 *
 * @param root the folder
 */
public record RunFolder(Path root) {
    private static final String ENDING = ".safetensors";
    private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul"); // no file names on Windows

    /** The record of the run. */
    public Path record() {
        return root.resolve("run.json");
    }

    /** The numbers of each step. */
    public Path metrics() {
        return root.resolve("metrics.jsonl");
    }

    /** What to go on from. */
    public Path state() {
        return root.resolve("resume").resolve("state" + ENDING);
    }

    /** What was asked about a word that is invented, and answered. */
    public Path questions() {
        return root.resolve("negatives.jsonl");
    }

    /** What a word looks like, for children of it to be bred from. */
    public Path pictures() {
        return root.resolve("pictures");
    }

    /** Images on the way. */
    public Path samples() {
        return root.resolve("samples");
    }

    /** The mean of a word over its cells. */
    Path flattened(Path word) {
        return root.resolve("flattened").resolve(word.getFileName());
    }

    /** A word in kohya's form. */
    Path xti(Path word) {
        return root.resolve("xti").resolve(word.getFileName());
    }

    /** Weights that were learned whole. */
    public Path weights() {
        return root.resolve("weights").resolve("changed" + ENDING);
    }

    /** A LoRA in the naming of diffusers, which other programs read as well. */
    public Path lora() {
        return root.resolve("lora").resolve("pytorch_lora_weights" + ENDING);
    }

    /** The same LoRA in the naming of kohya-ss/sd-scripts. */
    public Path kohya() {
        return root.resolve("kohya").resolve("lora" + ENDING);
    }

    /** Pictures that the model drew to be reminded by. */
    public Path regularising() {
        return root.resolve("regularisation");
    }

    /** The weights that were learned here: whole, otherwise as a LoRA; empty if none were. */
    public Optional<Path> changes() {
        return Stream.of(weights(), lora()).filter(Files::exists).findFirst();
    }

    /** Whether weights were learned here. */
    public boolean changesWeights() {
        return changes().isPresent();
    }

    /** A file for each word: its letters, digits, dots and hyphens, and a number where two would be called alike. */
    public Map<String, Path> wordFiles(List<String> words) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (String word : words) {
            String plain = word.replaceAll("[^\\p{L}\\p{N}._-]", "").replaceAll("^[.]+|[.]+$", "");
            String base =
                    plain.isEmpty() || RESERVED.contains(plain.toLowerCase(Locale.ROOT)) ? "word-" + plain : plain;
            String name = base;
            for (int n = 2; isTaken(name, files); n++) {
                name = base + "-" + n;
            }
            files.put(word, root.resolve(name + ENDING));
        }
        return files;
    }

    private static boolean isTaken(String name, Map<String, Path> files) {
        return files.values().stream() // many disks do not tell upper from lower case
                .anyMatch(file -> file.getFileName().toString().equalsIgnoreCase(name + ENDING));
    }

    /**
     * Refuses folders of runs that move weights and are not finished: words are saved on the way, weights at the end.
     *
     * @throws CheckpointException naming the folder
     */
    static void requireFinished(List<Path> filesAndFolders) {
        for (Path given : filesAndFolders) {
            Path record = new RunFolder(given).record();
            if (!Files.isDirectory(given) || !Files.exists(record)) {
                continue;
            }
            JsonNode run = RunRecord.read(record);
            if (!run.path("finished").asBoolean() && run.path("settings").has("weights")) {
                throw new CheckpointException(
                        "the run in " + given + " is not finished: its words are there, the weights"
                                + " that belong to them are not; go on with hapax learn ... --resume");
            }
        }
    }

    /**
     * All word files among files and folders; a folder stands for those in it.
     *
     * @throws CheckpointException if a path leads nowhere, or a folder has none
     */
    public static List<Path> wordFilesOf(List<Path> filesAndFolders) {
        List<Path> files = new ArrayList<>();
        for (Path given : filesAndFolders) {
            if (!Files.exists(given)) {
                throw new CheckpointException(
                        "there is no word file or folder " + given + "; look at the path " + given.toAbsolutePath());
            }
            files.addAll(Files.isDirectory(given) ? wordFilesIn(given) : List.of(given));
        }
        return files;
    }

    /**
     * The word files in a folder, by name; none where weights alone were learned.
     *
     * @throws CheckpointException if there is nothing that was learned
     */
    static List<Path> wordFilesIn(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
            if (files.isEmpty() && !new RunFolder(folder).changesWeights()) {
                boolean unfinished = Files.exists(new RunFolder(folder).record());
                throw new CheckpointException("the folder " + folder + " has no word files (*.safetensors); "
                        + (unfinished
                                ? "the run there is not finished: go on with hapax learn ... --resume"
                                : "hapax learn writes them"));
            }
            return files;
        } catch (IOException e) {
            throw new CheckpointException(folder + " cannot be listed: " + e.getMessage(), e);
        }
    }

    void create() {
        makeFolderOf(state());
    }

    /** Makes the folder that a file of the run lies in; gives back the file. */
    Path makeFolderOf(Path file) {
        try {
            Files.createDirectories(file.getParent());
            return file;
        } catch (IOException e) {
            throw new CheckpointException(
                    "the folder " + root + " cannot be made: " + e.getMessage() + "; choose another --out", e);
        }
    }
}
