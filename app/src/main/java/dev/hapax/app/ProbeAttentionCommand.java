package dev.hapax.app;

import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.evaluation.probe.AttentionProbeReport;
import dev.hapax.evaluation.probe.WatchedWords;
import dev.hapax.measure.SamplingAttention;
import dev.hapax.run.Painter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hapax probe attention}: where each word of a prompt looks while images are drawn. */
@Command(
        name = "attention",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        description =
                "Compares where each word of a prompt looks, from step to step of sampling: how alike its attention is"
                        + " to that of the other words, and how much of all attention it has. A learned word that leaves no"
                        + " room for others differs from them more and more.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax probe attention \"a picture of a <a> cat and a mug\" --word words --out attention",
            "  hapax probe attention \"a <a> cat and a mug\" --word words --watch \"<a>\" --watch mug --out watched"
        })
final class ProbeAttentionCommand implements Runnable {
    private final Console console;

    @Parameters(paramLabel = "PROMPT", description = "What to draw, with learned words in it.")
    private String prompt = "";

    @Mixin
    private ProbeOptions options = new ProbeOptions();

    @Option(
            names = "--watch",
            paramLabel = "WORD",
            description = "A word of the prompt to compare; give each. Default: the learned words and all that name or"
                    + " describe things.")
    private List<String> watched = List.of();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many images to take the mean over. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Mixin
    private SamplingOptions sampling = new SamplingOptions();

    ProbeAttentionCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        if (count < 1) {
            throw new IllegalArgumentException("--count must be at least 1, got " + count);
        }
        List<String> words = watched.isEmpty() ? WatchedWords.of(prompt) : List.copyOf(watched);
        AttentionProbeReport.requireComparable(words.size());
        try (StableDiffusion model = options.open(console);
                Painter painter = Painter.open(model, options.words());
                ProgressBar bar = console.progress("painting", count)) {
            ImageRequest request = ImageRequest.of(prompt)
                    .withSeed(sampling.seed())
                    .withSteps(sampling.steps())
                    .withGuidance(sampling.guidance());
            List<SamplingAttention> images = new ArrayList<>();
            for (int image = 0; image < count; image++) {
                images.add(painter.watch(request.withImages(image, 1), words));
                bar.advance(1, "");
            }
            StringBuilder watch = new StringBuilder();
            watched.forEach(word -> watch.append(" --watch \"").append(word).append('"'));
            String command = "hapax probe attention \"" + prompt + "\"" + options.text() + watch + " --seed "
                    + sampling.seed() + " --count " + count + " --steps " + sampling.steps() + " --guidance "
                    + sampling.guidance();
            Map<String, String> run = options.run(model, command);
            options.write(console, new AttentionProbeReport(prompt, painter.words(), images, run).findings());
        }
    }
}
