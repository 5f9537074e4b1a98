package dev.hapax.run;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.diffusion.WeightChanges;
import dev.hapax.lora.LoraReport;
import dev.hapax.lora.WeightedLora;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A model with the weights that were learned in folders.
 *
 * @param model with them, or as it was if there are none
 * @param owned whether the model was made here
 * @param notes what was done, line by line for people
 */
record LearnedChanges(StableDiffusion model, boolean owned, List<String> notes) implements AutoCloseable {

    /** The model as it is. */
    static LearnedChanges none(StableDiffusion model) {
        return new LearnedChanges(model, false, List.of());
    }

    /**
     * Puts the learned weights of folders into a model; files and other folders change nothing.
     *
     * @throws CheckpointException if they were learned with another model
     */
    static LearnedChanges open(StableDiffusion model, List<Path> filesAndFolders) {
        Map<Path, Path> whole = new TreeMap<>(); // folder -> file
        Map<Path, Path> loras = new TreeMap<>();
        for (Path given : filesAndFolders) {
            RunFolder folder = new RunFolder(given);
            if (Files.isDirectory(given) && Files.exists(folder.weights())) {
                requireSameModel(model, folder.weights(), otherWay(folder));
                whole.put(given, folder.weights());
            } else if (Files.isDirectory(given) && Files.exists(folder.lora())) {
                loras.put(given, folder.lora());
            }
        }
        if (whole.isEmpty() && loras.isEmpty()) {
            return none(model);
        }
        Map<Path, Set<String>> changed = new TreeMap<>();
        whole.forEach((folder, file) -> changed.put(folder, names(file)));
        loras.forEach((folder, file) -> changed.put(folder, names(file)));
        StableDiffusion with = model.withChanges(new WeightChanges(
                List.copyOf(whole.values()),
                loras.values().stream().map(file -> new WeightedLora(file, 1)).toList()));
        List<LoraReport> all = with.loras(); // those of these folders come last
        return new LearnedChanges(with, true, notes(changed, all.subList(all.size() - loras.size(), all.size())));
    }

    /** How a folder's words and weights come into another model of the same build. */
    private static String otherWay(RunFolder folder) {
        String words = RunFolder.wordFilesIn(folder.root()).stream()
                .map(file -> "--word " + file + " ")
                .collect(Collectors.joining());
        String missing = Files.exists(folder.lora()) ? "" : ", which hapax learn writes with --export-lora RANK";
        return ", or with one of its build (for inpainting, say) words and LoRA apart: " + words + "--lora "
                + folder.lora().getParent() + missing;
    }

    /**
     * Refuses weights that were learned with another model.
     *
     * @param otherwise what can be done but use that model; empty if nothing
     */
    static void requireSameModel(StableDiffusion model, Path file, String otherwise) {
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            String hash = opened.metadata().get("model_sha256");
            if (hash != null && !hash.equals(model.hash())) {
                throw new CheckpointException(file + " holds weights of the model "
                        + opened.metadata().get("model")
                        + " (SHA-256 " + hash.substring(0, Math.min(12, hash.length())) + "), and this is "
                        + model.name() + " (" + model.hash().substring(0, 12)
                        + "); use the model that they were learned with" + otherwise);
            }
        }
    }

    /** The full names of the weights that a file changes, whole or by factors. */
    private static Set<String> names(Path file) {
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            Set<String> names = new TreeSet<>();
            opened.names()
                    .forEach(name -> names.add(name.replaceAll(
                            "\\.(?:lora|lora_linear_layer|lora_A|lora_B)(?:\\.(?:down|up))?\\.weight$", ".weight")));
            return names;
        }
    }

    private static List<String> notes(Map<Path, Set<String>> changed, List<LoraReport> loras) {
        List<String> notes = new ArrayList<>();
        List<Path> folders = List.copyOf(changed.keySet());
        folders.forEach(folder -> notes.add(folder + " changes "
                + Objects.requireNonNull(changed.get(folder)).size() + " weights of the model"));
        loras.forEach(report -> notes.add(report.toString()));
        for (int i = 0; i < folders.size(); i++) {
            for (int j = i + 1; j < folders.size(); j++) {
                Set<String> both = new TreeSet<>(Objects.requireNonNull(changed.get(folders.get(i))));
                both.retainAll(Objects.requireNonNull(changed.get(folders.get(j))));
                if (!both.isEmpty()) {
                    notes.add(folders.get(i) + " and " + folders.get(j) + " change the same " + both.size()
                            + " weights: their changes are added up");
                }
            }
        }
        return notes;
    }

    @Override
    public void close() {
        if (owned) {
            model.close();
        }
    }
}
