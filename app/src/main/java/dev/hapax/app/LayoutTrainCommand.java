package dev.hapax.app;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.Progress;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.layout.PairLayout;
import dev.hapax.run.RawVectors;
import dev.hapax.run.StopOnExit;
import dev.hapax.run.TextLines;
import dev.hapax.run.layout.BoxesFile;
import dev.hapax.run.layout.LayoutData;
import dev.hapax.run.layout.LayoutTraining;
import dev.hapax.run.layout.PairImages;
import dev.hapax.run.layout.PairPrompts;
import dev.hapax.run.layout.SeenPair;
import dev.hapax.vision.detect.DetrDetector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hapax layout train}: draws pairs, finds where they stand, and learns it. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        description =
                "Draws images of two things each with the model, finds with a detector where they stand, and trains"
                        + " a predictor of it. In the model's folder, as layout, hapax generate uses it by itself. Stop it"
                        + " whenever you like; the same command goes on.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax layout train --out layout",
            "  hapax layout train --model sd15 --detector detr-resnet-50 --count 2000 --out sd15/layout",
            "  hapax layout train --out layout --boxes layout/boxes.jsonl --fit-steps 500"
        })
final class LayoutTrainCommand implements Runnable {
    private final Console console;

    @Mixin
    private ModelOption model = new ModelOption();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder for the predictor.")
    private Path out = Path.of("");

    @Option(
            names = "--detector",
            paramLabel = "DIR",
            description = "A DETR as transformers saves it, such as facebook/detr-resnet-50. Default: detector in the"
                    + " model's folder.")
    private @Nullable Path detector;

    @Option(
            names = "--nouns",
            paramLabel = "FILE",
            description = "The nouns, one on each line; the detector has to know them. Default: COCO's 80 names; with"
                    + " the little model its own kinds.")
    private @Nullable Path nouns;

    @Option(
            names = "--link",
            paramLabel = "TEXT",
            description = "What the prompts have between the two nouns. Default: and; with the little model beside,"
                    + " because its and may mean above as well.")
    private @Nullable String link;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How many images. Default: one of each pair of nouns in each order.")
    private @Nullable Long count;

    @Mixin
    private SamplingOptions sampling = new SamplingOptions();

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            defaultValue = "",
            description = "As in hapax generate. Default: the model's own.")
    private String sampler = "";

    @Option(
            names = "--score",
            paramLabel = "P",
            defaultValue = "" + LayoutData.SCORE,
            description = "How sure the detector must be. Default: ${DEFAULT-VALUE}.")
    private double score;

    @Option(
            names = "--boxes",
            paramLabel = "FILE",
            description =
                    "Where what was found is kept, to go on and to train again without images. Default: boxes.jsonl"
                            + " in the folder of --out. Boxes from elsewhere, lines without the first one that says how images"
                            + " are drawn, are taken as they are.")
    private @Nullable Path boxes;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Keep the images there, and take those that are there already. Default: they are not kept.")
    private @Nullable Path images;

    @Option(names = "--fit-steps", paramLabel = "N", description = "How long to train on the boxes. Default: 1500.")
    private @Nullable Integer fitSteps;

    LayoutTrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("--score is a probability in [0, 1], got " + score);
        }
        LayoutTraining training = training();
        try (StableDiffusion opened = model.open(console)) {
            PairPrompts prompts = new PairPrompts(
                    names(), link != null ? link : model.isBundled() ? "beside" : "and", sampling.seed());
            opened.sampler(sampler).start(sampling.steps()).close(); // a wrong name is told before anything is drawn
            Path file = boxes == null ? out.resolve("boxes.jsonl") : boxes;
            List<SeenPair> seen = seen(opened, prompts, file);
            train(training, opened, prompts.nouns(), seen, file);
        }
    }

    private List<String> names() {
        return nouns == null
                ? AnchorOptions.general(model.isBundled()).names()
                : TextLines.of(nouns, "noun").stream()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .toList();
    }

    private List<SeenPair> seen(StableDiffusion opened, PairPrompts prompts, Path file) {
        long wanted = count == null ? prompts.size() : count;
        Path folder = detector == null ? model.folder(console).resolve(ModelFolder.DETECTOR) : detector;
        boolean looks = Files.isDirectory(folder);
        if (!looks && (detector != null || !Files.exists(file))) {
            throw new CheckpointException("there is no detector " + folder + "; give a DETR with --detector DIR, or"
                    + " boxes alone with --boxes FILE");
        }
        if (Files.exists(file) && (!looks || BoxesFile.isGiven(file))) {
            return BoxesFile.read(file);
        }
        ImageRequest request = ImageRequest.of("")
                .withSteps(sampling.steps())
                .withGuidance(sampling.guidance())
                .withSampler(sampler)
                .withSeed(sampling.seed());
        try (DetrDetector finder = DetrDetector.open(folder);
                StopOnExit stop = new StopOnExit()) {
            LayoutData data = new LayoutData(
                    new PairImages(opened, prompts, request, Optional.ofNullable(images)), finder, score);
            BoxesFile found = BoxesFile.open(file, drawn(opened, prompts, finder));
            fill(data, found, wanted, stop);
            return found.pairs();
        }
    }

    private void fill(LayoutData data, BoxesFile found, long wanted, StopOnExit stop) {
        long missing = wanted - found.pairs().size();
        AtomicLong good = new AtomicLong();
        AtomicLong all = new AtomicLong();
        try (ProgressBar bar = console.progress("drawing pairs", Math.max(1, missing))) {
            boolean whole = data.fill(
                    found,
                    wanted,
                    Progress.NONE,
                    pair -> {
                        long both = pair.layout().isPresent() ? good.incrementAndGet() : good.get();
                        bar.advance(1, both + " of " + all.incrementAndGet() + " show both things");
                    },
                    stop);
            if (!whole) {
                throw new IllegalStateException("stopped after " + found.pairs().size() + " of " + wanted
                        + " images; the same command goes on");
            }
        }
    }

    /** What decides the boxes that are found. */
    private Map<String, Object> drawn(StableDiffusion opened, PairPrompts prompts, DetrDetector finder) {
        Map<String, Object> drawn = new LinkedHashMap<>();
        drawn.put("model", opened.hash());
        drawn.put("detector", finder.hash());
        drawn.put("score", score);
        drawn.put("link", prompts.link());
        drawn.put("seed", sampling.seed());
        drawn.put("steps", sampling.steps());
        drawn.put("guidance", sampling.guidance());
        drawn.put("sampler", sampler);
        drawn.put("nouns", prompts.nouns());
        return drawn;
    }

    private LayoutTraining training() {
        LayoutTraining usual = LayoutTraining.DEFAULT;
        return new LayoutTraining(fitSteps == null ? usual.steps() : fitSteps, usual.rate(), sampling.seed());
    }

    private void train(
            LayoutTraining training, StableDiffusion opened, List<String> names, List<SeenPair> seen, Path file) {
        List<PairLayout> layouts =
                seen.stream().map(SeenPair::layout).flatMap(Optional::stream).toList();
        try (ProgressBar bar = console.progress("training", training.steps());
                LayoutTraining.Result result =
                        training.train(RawVectors.table(opened, names), layouts, () -> bar.advance(1, ""))) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("model", opened.hash());
            facts.put("images", seen.size());
            facts.put("both_found", layouts.size());
            facts.put("trained_on", result.trained());
            facts.put("held_out", result.heldOut());
            result.overlap().ifPresent(it -> facts.put("held_out_iou", it));
            result.constant().ifPresent(it -> facts.put("held_out_iou_of_mean_boxes", it));
            facts.put("steps", training.steps());
            facts.put("rate", training.rate());
            facts.put("seed", sampling.seed());
            result.predictor().write(out, facts);
            console.err()
                    .println("hapax: " + seen.size() + " images, both things found once in " + layouts.size()
                            + ", trained on " + result.trained() + " side by side; boxes of " + result.heldOut()
                            + " images of other pairs: intersection over union " + text(result.overlap())
                            + ", by the mean boxes "
                            + text(result.constant()) + "; boxes in " + file);
            console.out().println(out);
        }
    }

    private static String text(OptionalDouble overlap) {
        return overlap.isPresent() ? String.format(Locale.ROOT, "%.3f", overlap.getAsDouble()) : "unknown";
    }
}
