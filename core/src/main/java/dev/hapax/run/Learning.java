package dev.hapax.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.diffusion.WordHashes;
import dev.hapax.learning.AdamW;
import dev.hapax.learning.DenoisingForward;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Example;
import dev.hapax.learning.Method;
import dev.hapax.learning.PictureFile;
import dev.hapax.learning.StepReport;
import dev.hapax.learning.Trainer;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Learns words from pictures and writes them into a folder. A run that was killed goes on from the last saved state, to
 * the same numbers that it would have reached without the interruption.
 */
public final class Learning {

    /**
     * What happens beside the learning.
     *
     * @param saveEvery steps between two saved states, at least 1
     * @param sampleEvery steps between two sample images; 0 for none
     * @param resume whether to go on with the run in the folder
     */
    public record Options(int saveEvery, int sampleEvery, boolean resume) {
        /** State every 50 steps, no samples, a new run. */
        public static final Options DEFAULT = new Options(50, 0, false);

        /** Checks the numbers. */
        public Options {
            if (saveEvery < 1 || sampleEvery < 0) {
                throw new IllegalArgumentException(
                        "a state is saved every n >= 1 steps and a sample drawn every n >= 0," + " got " + saveEvery
                                + " and " + sampleEvery);
            }
        }
    }

    /** Hears about a run. */
    public interface Listener {
        /** A step is done. */
        void step(Metric metric, long steps);

        /** An image on the way was written. */
        default void sample(Path image) {}
    }

    private final StableDiffusion model;
    private final SinglePromptEncoder text;
    private final LearnRequest request;
    private final RunFolder folder;
    private final InstantSource clock;

    /**
     * Prepares a run.
     *
     * @param clock for the durations in {@code run.json}
     * @throws IllegalArgumentException if the model has several text encoders
     */
    public Learning(StableDiffusion model, LearnRequest request, RunFolder folder, InstantSource clock) {
        if (!(model.text() instanceof SinglePromptEncoder single)) {
            throw new IllegalArgumentException("words are learned for models with one text encoder so far, "
                    + model.name() + " has " + model.text().encoders());
        }
        this.model = model;
        this.text = single;
        this.request = request;
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Runs to the end.
     *
     * @return the file of each word that was learned
     * @throws IllegalArgumentException if prompts, words, model and folder do not fit each other
     * @throws dev.hapax.checkpoint.CheckpointException if a file cannot be read or written
     * @throws IllegalStateException if the words do not move
     */
    public Map<String, Path> run(Options options, Listener listener) {
        return Engine.withThreads(model.isSmall() ? 1 : Engine.threads(), () -> learned(options, listener));
    }

    private Map<String, Path> learned(Options options, Listener listener) {
        Instant start = clock.instant();
        try (Scope scope = Scope.open()) {
            List<PictureFile> pictures = PictureFile.readAll(request.pictures());
            Method<DenoisingPass> method =
                    request.build(pictures.stream().map(PictureFile::name).toList());
            int side = request.side().orElse(model.nativeSize().width());
            requireFit(side);
            ObjectNode settings = RunRecord.settings(request, method, pictures, model.name(), model.hash(), side);
            long resumeFrom = new ResumePoint(folder).check(options.resume(), settings);
            List<Example> examples = pictures.stream()
                    .map(picture -> picture.encode(model.vae(), side))
                    .toList();
            Instant encoded = clock.instant();
            Trainer.Settings pace =
                    new Trainer.Settings(request.pace().steps(), request.pace().rate(), AdamW.Settings.DEFAULT);
            try (Trainer<DenoisingPass> trainer = new Trainer<>(method, forward(examples), pace)) {
                folder.create();
                new ResumePoint(folder).restore(trainer, resumeFrom);
                AtomicFile.write(folder.record(), record(settings, start, encoded, method, trainer.words(), false));
                train(options, listener, settings, method, trainer);
                saveWords(settings, method, trainer);
                AtomicFile.write(folder.record(), record(settings, start, encoded, method, trainer.words(), true));
            }
            return folder.wordFiles(method.words().stream().map(Word::token).toList());
        }
    }

    private void train(
            Options options,
            Listener listener,
            ObjectNode settings,
            Method<DenoisingPass> method,
            Trainer<DenoisingPass> trainer) {
        try (MetricsLog log = MetricsLog.open(folder.metrics(), trainer.steps())) {
            trainer.run(report -> {
                Metric metric = Metric.of(report);
                log.add(metric);
                if (metric.step() % options.saveEvery() == 0 || metric.step() == report.steps()) {
                    log.flush();
                    new ResumePoint(folder).save(trainer);
                    saveWords(settings, method, trainer);
                }
                if (options.sampleEvery() > 0 && metric.step() % options.sampleEvery() == 0) {
                    listener.sample(sample(report));
                }
                listener.step(metric, report.steps());
            });
        }
    }

    private DenoisingForward forward(List<Example> examples) {
        return new DenoisingForward(
                text.tokenizer(),
                text.encoder(),
                model.unet(),
                model.vae(),
                model.schedule(),
                examples,
                request.pace().batch(),
                request.pace().flip(),
                new Rng(request.pace().seed()));
    }

    private void requireFit(int side) {
        if (model.readsMask()) {
            throw new IllegalArgumentException("the model " + model.name() + " is for inpainting: its U-Net reads "
                    + model.unet().inChannels() + " channels, mask and masked picture among them; learn the words with"
                    + " the model that it was made from, and paint with them here");
        }
        int r = model.vae().reduction();
        if (side < r || side % r != 0) {
            throw new IllegalArgumentException(
                    "the side of the pictures must be a multiple of " + r + " for this model, got " + side);
        }
    }

    private void saveWords(ObjectNode settings, Method<DenoisingPass> method, Trainer<DenoisingPass> trainer) {
        Map<String, Path> files =
                folder.wordFiles(method.words().stream().map(Word::token).toList());
        for (Word word : method.words()) {
            new WordFile(
                            word.token(),
                            trainer.words().rows(word.token()),
                            RunRecord.metadata(settings, word, trainer.steps()))
                    .write(java.util.Objects.requireNonNull(files.get(word.token())));
        }
    }

    private Path sample(StepReport report) {
        Painter painter = Painter.of(model, report.words());
        Path file = folder.samples().resolve(String.format("step-%06d.png", report.step() + 1));
        painter.paintTo(
                file, painter.request(request.prompt()).withSeed(request.pace().seed()));
        return file;
    }

    private byte[] record(
            ObjectNode settings,
            Instant start,
            Instant encoded,
            Method<DenoisingPass> method,
            Lexicon words,
            boolean finished) {
        ObjectNode node = RunRecord.object();
        node.put("finished", finished);
        node.set("settings", settings);
        node.put("steps", request.pace().steps());
        ObjectNode files = node.putObject("files");
        folder.wordFiles(method.words().stream().map(Word::token).toList())
                .forEach((word, file) -> files.put(word, file.getFileName().toString()));
        if (finished) {
            WordHashes.of(List.of(words), String.join(" ", words.words())).forEach(node.putObject("words_sha256")::put);
        }
        node.put("started", start.toString());
        ObjectNode seconds = node.putObject("seconds");
        seconds.put("reading", Duration.between(start, encoded).toMillis() / 1e3);
        if (finished) {
            seconds.put("learning", Duration.between(encoded, clock.instant()).toMillis() / 1e3);
        }
        return RunRecord.bytes(node);
    }

    /** Whether there is a finished or unfinished run in a folder. */
    public static boolean isRun(Path folder) {
        return Files.exists(new RunFolder(folder).record());
    }
}
