package dev.hapax.app;

import dev.hapax.evaluation.category.Category;
import dev.hapax.evaluation.category.Namer;
import dev.hapax.method.conceptlab.Weighting;
import dev.hapax.run.InventRequest;
import dev.hapax.run.Inventing;
import dev.hapax.text.Word;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hapax mix}: a word between what pictures show. */
@Command(
        name = "mix",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        description = "Makes a word for a child of what pictures show: pictures of it lie between theirs (ConceptLab).",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax mix cat.png teapot.png --weights 0.4,0.6 --out child",
            "  hapax generate \"a picture of a <mix> on a beach\" --word child"
        })
final class MixCommand implements Runnable {
    private final Console console;

    @Mixin
    private ModelOption model = new ModelOption();

    @Parameters(
            paramLabel = "PARENT",
            arity = "1..*",
            description = "A picture, or a folder of pictures of one thing, for each parent.")
    private List<Path> parents = List.of();

    @Option(
            names = "--weights",
            paramLabel = "W,...",
            split = ",",
            description = "How much of each parent there shall be. Default: alike.")
    private List<Double> weights = List.of();

    @Mixin
    private WordRunOptions kept = new WordRunOptions();

    @Option(
            names = "--word",
            paramLabel = "WORD",
            defaultValue = "<mix>",
            description = "What it is called in prompts. Default: ${DEFAULT-VALUE}.")
    private String word = "<mix>";

    @Option(
            names = "--init",
            paramLabel = "TEXT",
            description = "What the word starts from. Default: the known thing that CLIP sees in the pictures.")
    private @Nullable String init;

    @Mixin
    private PriorOptions prior = new PriorOptions();

    MixCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        boolean bundled = prior.isLittle(model);
        Weighting weighting = Weighting.of(weights, parents.size());
        if (weighting.changed()) {
            console.err()
                    .println("hapax: the weights " + weights + " do not sum to 1; they are taken as "
                            + weighting.weights());
        }
        Category thing = new Category("thing", List.of(), false);
        try (PriorOptions.Opened with = prior.open(console, model, thing.contexts(bundled))) {
            String start = init == null ? new Namer(with.towers(), bundled).name(parents) : init;
            console.err().println("hapax: the word starts from \"" + start + "\"");
            InventRequest request = new InventRequest(
                    Word.of(word, start),
                    thing.contexts(bundled),
                    thing.look(bundled),
                    new InventRequest.Child(parents, weighting),
                    prior.pace(true, bundled));
            try (ProgressBar bar = console.progress("mixing", request.pace().steps())) {
                Path file = new Inventing(
                                with.illustrator(),
                                with.towers(),
                                request,
                                kept.folder(),
                                InstantSource.system(),
                                Optional.empty())
                        .run(kept.options(), new InventProgress(console, bar));
                console.out().println(word + "\t" + file);
            }
        }
    }
}
