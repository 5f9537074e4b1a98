package dev.hapax.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.learning.Augmentation;
import dev.hapax.learning.DenoisingForward;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Example;
import dev.hapax.learning.Framing;
import dev.hapax.learning.LoraShare;
import dev.hapax.learning.MemoryEstimate;
import dev.hapax.learning.Method;
import dev.hapax.learning.PictureFile;
import dev.hapax.learning.RandomScale;
import dev.hapax.learning.StepReport;
import dev.hapax.learning.Trainer;
import dev.hapax.learning.TunableModel;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.vision.Raster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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
     * @param checkpointing whether blocks of the model are run twice to save memory; it changes numbers by
     *     rounding alone, so a run may go on with it or without
     */
    public record Options(int saveEvery, int sampleEvery, boolean resume, boolean checkpointing) {
        /** State every 50 steps, no samples, a new run. */
        public static final Options DEFAULT = new Options(50, 0, false);

        /** Without checkpointing. */
        public Options(int saveEvery, int sampleEvery, boolean resume) {
            this(saveEvery, sampleEvery, resume, false);
        }

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

        /**
         * What the run will need; heard before it begins, where weights move.
         *
         * @param asked as it was asked for
         * @param twice with checkpointing
         */
        default void memory(MemoryEstimate asked, MemoryEstimate twice) {}

        /** The class that each modifier stands before, by its token; heard before the run begins, of DisenDiff alone. */
        default void classes(Map<String, String> classes) {}

        /** Of these pictures only the largest square around the centre is learned; heard before the run begins. */
        default void cropped(List<PictureFile> pictures) {}

        /** So many of all regularising pictures are drawn. */
        default void regularising(int done, int all) {}

        /** The LoRA closest to what was learned was written, for other programs. */
        default void exported(LoraShare share) {}

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
        this.model = model;
        this.text = SinglePromptEncoder.of(model);
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
        return Engine.withThreads(model.threads(), () -> learned(options, listener));
    }

    private Map<String, Path> learned(Options options, Listener listener) {
        RunFile record = new RunFile(folder, request.pace().steps(), clock);
        try (Scope scope = Scope.open()) {
            List<PictureFile> pictures = PictureFile.readAll(request.pictures());
            Method<DenoisingPass> method =
                    request.build(pictures, text, model.unet().crossAttentionLayers());
            int side = request.side().orElse(model.nativeSize().width());
            requireFit(side);
            RegularisingPictures prior = new RegularisingPictures(
                    request.weights().regularisation(),
                    model,
                    folder,
                    request.pace().seed());
            ObjectNode settings =
                    RunRecord.settings(request, method, pictures, prior, model.name(), model.hash(), side);
            long resumeFrom = new ResumePoint(folder).check(options.resume(), settings);
            List<Example> examples = new ArrayList<>(
                    pictures.stream().map(picture -> encoded(picture, side)).toList());
            Augmentation augmentation = augmentation(pictures, side);
            DenoisingForward first = forward(examples, augmentation, options);
            first.check(method); // before pictures are drawn for it
            tell(listener, first, method);
            folder.create();
            tellCropped(listener, pictures);
            if (request.method().usual().weights()) {
                prior.files(listener)
                        .forEach(file -> examples.add(encoded(file, side).regularising(prior.caption(file))));
            }
            record.picturesRead();
            LearnedFiles files = new LearnedFiles(folder, settings, method);
            DenoisingForward forward = forward(examples, augmentation, options);
            try (Trainer<DenoisingPass> trainer = new Trainer<>(method, forward, pace())) {
                new ResumePoint(folder).restore(trainer, resumeFrom);
                record.write(settings, files, trainer, false);
                new KeptTraining(folder, files, options)
                        .run(trainer, report -> listener.sample(sample(report, files, trainer)), listener::step);
                files.saveWords(trainer);
                if (!method.tuning().isNone()) {
                    files.saveWeights(
                                    trainer,
                                    tunable().orElseThrow(),
                                    request.weights().exportRank())
                            .ifPresent(listener::exported);
                }
                record.write(settings, files, trainer, true);
            }
            return files.words();
        }
    }

    private Example encoded(PictureFile picture, int side) {
        return request.pace().flip() > 0
                ? picture.encodeBothWays(model.vae(), side, request.framing())
                : picture.encode(model.vae(), side, request.framing());
    }

    private void tell(Listener listener, DenoisingForward forward, Method<DenoisingPass> method) {
        if (method.tuning().isNone()) {
            return;
        }
        if (request.method() == MethodName.DISENDIFF) {
            listener.classes(request.classes());
        }
        boolean prior = request.weights().regularisation().source() != Regularisation.Source.NONE;
        long weights = ModelBytes.of(model);
        MemoryEstimate asked = forward.memory(method, weights, prior, forward.checkpointing());
        listener.memory(asked, forward.checkpointing() ? asked : forward.memory(method, weights, prior, true));
    }

    private void tellCropped(Listener listener, List<PictureFile> pictures) {
        List<PictureFile> oblong =
                pictures.stream().filter(picture -> !picture.isSquare()).toList();
        if (request.framing() == Framing.CROP && !oblong.isEmpty()) {
            listener.cropped(oblong);
        }
    }

    private Trainer.Settings pace() {
        return new Trainer.Settings(
                request.pace().steps(),
                request.pace().rate(),
                request.weights().rate(),
                request.method().usual().clip(),
                request.method().adam());
    }

    private Augmentation augmentation(List<PictureFile> pictures, int side) {
        if (!request.method().usual().weights() || !request.weights().augment()) {
            return Augmentation.NONE;
        }
        Map<String, Raster> squares = new LinkedHashMap<>();
        pictures.forEach(picture -> squares.put(picture.sha256(), picture.square(side, request.framing())));
        return new RandomScale(model.vae(), side, squares);
    }

    private Optional<TunableModel> tunable() {
        return model.part(TunableModel.UNET)
                .flatMap(unet -> model.part(TunableModel.TEXT_ENCODER).map(encoder -> new TunableModel(unet, encoder)));
    }

    private DenoisingForward forward(List<Example> examples, Augmentation augmentation, Options options) {
        return new DenoisingForward(
                text.tokenizer(),
                text.encoder(),
                model.unet(),
                model.vae(),
                model.schedule(),
                examples,
                request.pace().batch(),
                request.pace().flip(),
                new Rng(request.pace().seed()),
                tunable(),
                augmentation,
                options.checkpointing());
    }

    private void requireFit(int side) {
        if (model.readsMask()) {
            throw new IllegalArgumentException("the model " + model.name() + " is for inpainting: its U-Net reads "
                    + model.unet().inChannels() + " channels, mask and masked picture among them; learn with the"
                    + " model that it was made from (weights with --lora RANK or --export-lora RANK), and paint here with"
                    + " the words and the LoRA");
        }
        int r = model.vae().reduction();
        if (side < r || side % r != 0) {
            throw new IllegalArgumentException(
                    "the side of the pictures must be a multiple of " + r + " for this model, got " + side);
        }
    }

    private Path sample(StepReport report, LearnedFiles files, Trainer<DenoisingPass> trainer) {
        Path file = folder.samples().resolve(String.format("step-%06d.png", report.step() + 1));
        boolean weights = !trainer.weights().isEmpty();
        if (weights) {
            files.saveWords(trainer);
            files.saveWeights(trainer, tunable().orElseThrow(), OptionalInt.empty());
        }
        try (Painter painter =
                weights ? Painter.openUnfinished(model, List.of(folder.root())) : Painter.of(model, report.words())) {
            painter.paintTo(
                    file,
                    painter.request(request.prompt()).withSeed(request.pace().seed()));
        }
        return file;
    }

    /** Whether there is a finished or unfinished run in a folder. */
    public static boolean isRun(Path folder) {
        return Files.exists(new RunFolder(folder).record());
    }
}
