package dev.hapax.app.demo;

import dev.hapax.app.demo.Trial.Watcher;
import dev.hapax.app.page.AtomicPicture;
import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.diffusion.GeneratedImage;
import dev.hapax.diffusion.PngImages;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.evaluation.protocol.PairScene;
import dev.hapax.evaluation.protocol.Variant;
import dev.hapax.measure.ClipJudge;
import dev.hapax.run.Learning;
import dev.hapax.run.Metric;
import dev.hapax.run.Painter;
import dev.hapax.run.RunFolder;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Learns two words from one picture, paints with them, measures them, and lays it all out in a folder. */
public final class Demo {

    /**
     * What the demo shall do.
     *
     * @param out the folder
     * @param scene the seed of the picture
     * @param seed of learning and drawing
     * @param ablation whether other ways of learning are compared as well
     * @param effort how much work to do
     */
    public record Settings(Path out, long scene, long seed, boolean ablation, Effort effort) {
        /** The scene that the demo shows unless another is asked for. */
        public static final long SCENE = DemoPlan.SCENE;
    }

    /**
     * What came out.
     *
     * @param page to be opened in a browser
     * @param table the numbers, for the terminal
     */
    public record Report(Path page, String table) {}

    private final StableDiffusion model;
    private final Settings settings;
    private final Trial trial;
    private final InstantSource clock;

    /** A demo with this model and judge. */
    public Demo(StableDiffusion model, ClipJudge judge, Settings settings, InstantSource clock) {
        this.model = model;
        this.settings = settings;
        this.clock = clock;
        PairScene scene = PairScene.of(settings.scene(), model.nativeSize().width());
        this.trial = new Trial(model, judge, scene, settings.seed(), settings.effort());
    }

    /** The work of the whole demo, in calls of the U-Net. */
    public double work() {
        Effort effort = settings.effort();
        int words = PairScene.WORDS.size();
        double measuring = 2.0 * words * effort.workOfImage();
        double ordinary = words * effort.judged() * effort.workOfImage();
        double painting = DemoPlan.paintings(trial.scene()).stream()
                .mapToDouble(group -> group.prompts().size() * effort.perPrompt() * effort.workOfImage())
                .sum();
        double plain = effort.workOfLearning() + measuring * effort.judged() + ordinary + painting;
        double row = effort.workOfLearning() + measuring * effort.judgedInAblation();
        return plain + (settings.ablation() ? row * rows().size() : 0);
    }

    private List<Variant> rows() {
        return DemoPlan.ablation();
    }

    /** Runs the demo. */
    public Report run(Watcher watcher) {
        Instant start = clock.instant();
        Path picture = picture();
        RunFolder words = new RunFolder(settings.out().resolve("words"));
        boolean goesOn = Learning.isRun(words.root());
        if (goesOn && Files.exists(picture)) {
            requireOwn(picture);
        } else {
            AtomicPicture.write(picture, trial.scene().picture());
        }
        Variant whole = DemoPlan.whole();
        List<Metric> metrics = trial.learn(whole, picture, words, watcher);
        Map<String, WordScore> scores =
                trial.measure(words, picture, settings.effort().judged(), watcher);
        Map<String, Double> ordinary = trial.ordinaryFidelity(settings.effort().judged(), watcher);
        List<DemoResult.Group> groups = paint(words, watcher);
        List<DemoResult.Row> rows = settings.ablation() ? ablation(picture, watcher) : List.of();
        DemoResult result = new DemoResult(
                trial.scene(),
                settings.seed(),
                metrics,
                scores,
                ordinary,
                groups,
                rows,
                model.name(),
                model.hash(),
                goesOn
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(
                                Duration.between(start, clock.instant()).toMillis() / 1e3));
        return write(result);
    }

    private Path picture() {
        return settings.out().resolve("picture.png");
    }

    /** The picture of the demo that is there stays: what was learned of it lies beside it. */
    private void requireOwn(Path picture) {
        BufferedImage there = PngImages.read(picture).image();
        BufferedImage own = trial.scene().picture();
        if (!Arrays.equals(pixels(there), pixels(own))) {
            throw new IllegalArgumentException(
                    "the folder " + settings.out() + " holds the demo of another picture than" + " scene "
                            + settings.scene() + " for this model; choose another --out");
        }
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private List<DemoResult.Row> ablation(Path picture, Watcher watcher) {
        List<DemoResult.Row> results = new ArrayList<>();
        for (Variant row : rows()) {
            RunFolder folder = new RunFolder(settings.out().resolve("ablation").resolve(row.folderName()));
            Watcher named = (work, note) -> watcher.done(work, row.name() + ": " + note);
            trial.learn(row, picture, folder, named);
            results.add(new DemoResult.Row(
                    row, trial.measure(folder, picture, settings.effort().judgedInAblation(), named)));
        }
        return results;
    }

    private List<DemoResult.Group> paint(RunFolder words, Watcher watcher) {
        int each = settings.effort().perPrompt();
        List<String> prompts = DemoPlan.paintings(trial.scene()).stream()
                .flatMap(group -> group.prompts().stream())
                .toList();
        List<Path> files = List.copyOf(words.wordFiles(PairScene.WORDS).values());
        Iterator<GeneratedImage> images;
        try (Painter painter = Painter.open(model, files)) {
            images = trial.paint(painter, prompts, each, watcher).iterator();
        }
        int number = 0;
        List<DemoResult.Group> groups = new ArrayList<>();
        for (DemoPlan.Group group : DemoPlan.paintings(trial.scene())) {
            List<DemoResult.Painting> paintings = new ArrayList<>();
            for (String prompt : group.prompts()) {
                List<GeneratedImage> own = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    own.add(images.next());
                    String name = String.format(Locale.ROOT, "%02d.png", number++);
                    Painter.write(settings.out().resolve("images").resolve(name), own.get(i));
                }
                paintings.add(new DemoResult.Painting(prompt, own));
            }
            groups.add(new DemoResult.Group(group.heading(), paintings));
        }
        return groups;
    }

    private Report write(DemoResult result) {
        Path page = settings.out().resolve("index.html");
        AtomicPicture.write(settings.out().resolve("sheet.png"), new ContactSheet(result).draw());
        AtomicFile.write(
                settings.out().resolve("numbers.json"),
                new DemoNumbers(result).json().getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(page, new DemoPage(result, picture()).html().getBytes(StandardCharsets.UTF_8));
        return new Report(page, new DemoNumbers(result).table());
    }
}
