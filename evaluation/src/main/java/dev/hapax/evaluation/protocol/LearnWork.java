package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.diffusion.PngImages;
import dev.hapax.run.LearnRequest;
import dev.hapax.run.Learning;
import dev.hapax.run.Regularisation;
import dev.hapax.run.RunFolder;
import dev.hapax.run.UnlearnedWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes words: learns them, copies those that are there, or writes them as they are before learning.
 *
 * @param subjects by hash
 * @param given files of words and weights, by the hash of their bytes
 */
record LearnWork(Map<String, Subject> subjects, Map<String, Path> given) {
    private static final int SAVE_EVERY = 50; // steps

    void learn(JsonNode settings, List<Path> needs, Path folder, Studio studio) throws IOException {
        List<Path> pictures = pictures(settings, folder);
        Regularisation reminders = needs.isEmpty()
                ? Regularisation.NONE
                : Regularisation.from(
                        needs.get(0), settings.path("weights").path("shown").asText());
        RunFolder run = new RunFolder(folder.resolve("run"));
        for (JsonNode step : settings.path("steps")) {
            Path kept = folder.resolve(WordWork.stepName(step.asLong()));
            if (Files.isDirectory(kept)) {
                continue; // a killed process came further
            }
            LearnRequest request = new LearnSettings(settings).request(pictures, reminders, step.asLong());
            Learning.Options options = new Learning.Options(SAVE_EVERY, 0, Learning.isRun(run.root()));
            Map<String, Path> files = new Learning(studio.model(), request, run, () -> Instant.EPOCH)
                    .run(options, (metric, steps) -> {
                        if (studio.stop().getAsBoolean()) {
                            throw new IllegalStateException("stopped at step " + metric.step());
                        }
                    });
            keep(files.values(), run.changes(), kept);
        }
    }

    /** The first picture of the subject, or where each shows a concept of its own, all of them. */
    private List<Path> pictures(JsonNode settings, Path folder) {
        Subject subject = Objects.requireNonNull(
                subjects.get(settings.path("subject").asText()), "no subject of this hash: " + settings);
        int concepts = settings.path("concepts").size();
        List<Path> pictures = new ArrayList<>();
        for (int i = 0; i < Math.max(1, concepts); i++) {
            Path picture = folder.resolve(concepts > 0 ? "picture-" + i + ".png" : "picture.png");
            AtomicFile.write(picture, PngImages.toBytes(subject.pictures().get(i)));
            pictures.add(picture);
        }
        return pictures;
    }

    void copy(JsonNode settings, Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        settings.path("files").forEach(hash -> files.add(Objects.requireNonNull(given.get(hash.asText()))));
        Optional<Path> weights =
                Optional.ofNullable(given.get(settings.path("weights").asText()));
        keep(files, weights, folder.resolve(WordWork.stepName(0)));
    }

    static void start(JsonNode settings, Path folder, Studio studio) throws IOException {
        RunFolder words = new RunFolder(Files.createDirectories(folder.resolve(WordWork.stepName(0))));
        UnlearnedWords.write(studio.model(), LearnSettings.words(settings), words);
    }

    /** Copies files into a folder that is there when all of them are. */
    static void keep(Iterable<Path> files, Optional<Path> weights, Path folder) throws IOException {
        Path part = Files.createDirectories(folder.resolveSibling(folder.getFileName() + ".part"));
        int number = 0;
        for (Path file : files) {
            String name = String.format(Locale.ROOT, "%02d-%s", number++, file.getFileName());
            Files.copy(file, part.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        if (weights.isPresent()) {
            Path file = weights.get().toAbsolutePath();
            int names = file.getNameCount();
            Files.createDirectories(part.resolve(file.getName(names - 2)));
            Files.copy(file, part.resolve(file.subpath(names - 2, names)), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    }
}
