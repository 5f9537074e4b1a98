package dev.hapax.app;

import dev.hapax.evaluation.protocol.Comparison;
import dev.hapax.evaluation.protocol.Drawing;
import dev.hapax.evaluation.protocol.Ground;
import dev.hapax.evaluation.protocol.OwnWords;
import dev.hapax.evaluation.protocol.Studio;
import dev.hapax.run.Painter;
import dev.hapax.run.StopOnExit;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hapax evaluate}: measures words of the user's. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        description =
                "Draws prompts with learned words by DDIM, measures the images, and writes a report. Several folders of words"
                        + " are compared with each other. A run that was stopped goes on where it was.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax evaluate --words words --pictures cat-and-ball.png --prompts prompts.txt --out evaluation",
            "  hapax evaluate --words first second --pictures pictures --prompts prompts.txt --count 8 --out evaluation",
            "",
            "The file of prompts has one in each line, such as: a sketch of <a> on a beach",
            "A picture that is called like a word (a.png or a-2.png for <a>) shows that word's thing alone."
        })
final class EvaluateCommand implements Runnable {
    private final Console console;

    @Option(
            names = "--words",
            paramLabel = "DIR",
            required = true,
            arity = "1..*",
            description = "Folders that hapax learn has written, or word files; each is a row of the tables.")
    private List<Path> words = List.of();

    @Option(
            names = "--pictures",
            paramLabel = "DIR",
            required = true,
            description = "What images are compared with: a folder, or one picture.")
    private Path pictures = Path.of("");

    @Option(names = "--prompts", paramLabel = "FILE", required = true, description = "One prompt in each line.")
    private Path prompts = Path.of("");

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "4",
            description = "Images of each prompt. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Mixin
    private SamplingOptions sampling = new SamplingOptions();

    @Mixin
    private StudioOptions options = new StudioOptions();

    EvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        Drawing drawing = new Drawing(sampling.steps(), sampling.guidance(), "ddim", count, 0, sampling.seed());
        try (StopOnExit stop = new StopOnExit();
                Studio studio = options.open(console, stop, Optional.empty())) {
            Comparison comparison = new OwnWords(words, pictures, prompts).on(Ground.drawn(studio), drawing);
            for (Path folder : words) {
                Painter.open(studio.model(), List.of(folder)).close(); // words that do not fit are told at once
            }
            new ComparisonRun(console, options, studio).run(comparison, command());
        }
    }

    /** As it is written, without what decides no figure. */
    String command() {
        StringBuilder text = new StringBuilder("hapax evaluate --words");
        words.forEach(folder -> text.append(' ').append(folder));
        text.append(" --pictures ").append(pictures).append(" --prompts ").append(prompts);
        text.append(" --count ").append(count).append(" --seed ").append(sampling.seed());
        text.append(" --steps ").append(sampling.steps()).append(" --guidance ").append(sampling.guidance());
        return text + options.text();
    }
}
