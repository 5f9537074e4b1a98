package dev.hapax.app;

import dev.hapax.evaluation.category.Category;
import dev.hapax.method.conceptlab.AdaptiveNegatives;
import dev.hapax.method.conceptlab.Thresholds;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hapax invent}: a word for a new member of a category. */
@Command(
        name = "invent",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        description =
                "Makes a word for a thing that has no name yet: a pet that is neither cat nor dog nor any other pet that"
                        + " can be named (ConceptLab). No pictures are needed. Every so often the word is drawn and it is asked"
                        + " what that is; the answer is one more thing that it shall not be.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax invent pet --out pet",
            "  hapax generate \"a watercolor of a <new> on grass\" --word pet --count 4",
            "  hapax invent plant --against tree,flower --no-questions --word \"<weed>\" --out weed",
            "  hapax invent \"musical instrument\" --model stable-diffusion-v1-5 --prior kandinsky-2-1-prior --out horn"
        })
final class InventCommand implements Runnable {
    private static final List<String> OF_QUESTIONS =
            List.of("--answerer", "--answerer-model", "--ask-every", "--confidence", "--patience");

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model = new ModelOption();

    @Parameters(
            paramLabel = "CATEGORY",
            description = "What it shall be: pet, plant, furniture ...; a wrong one lists all.")
    private String category = "";

    @Mixin
    private WordRunOptions kept = new WordRunOptions();

    @Option(
            names = "--word",
            paramLabel = "WORD",
            defaultValue = "<new>",
            description = "What it is called in prompts. Default: ${DEFAULT-VALUE}.")
    private String word = "<new>";

    @Option(
            names = "--init",
            paramLabel = "TEXT",
            description = "What the word starts from; of several tokens the mean. Default: the category.")
    private @Nullable String init;

    @Option(
            names = "--against",
            paramLabel = "NAME,...",
            split = ",",
            description = "Members that it shall not be, from the beginning.")
    private List<String> against = List.of();

    @Option(
            names = "--members",
            paramLabel = "FILE",
            description = "Known members of the category, one on each line, that answers are chosen from.")
    private @Nullable Path members;

    @Option(names = "--no-questions", description = "Ask nothing: it differs from --against alone.")
    private boolean silent;

    @Mixin
    private AskOptions ask = new AskOptions();

    @Option(
            names = "--ask-every",
            paramLabel = "N",
            defaultValue = "250",
            description = "Steps between two questions. Default: ${DEFAULT-VALUE}.")
    private long askEvery;

    @Option(
            names = "--confidence",
            paramLabel = "P",
            defaultValue = "0.3",
            description = "Less certain answers do not count. Default: ${DEFAULT-VALUE}.")
    private double confidence;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "3",
            description = "Ends after so many questions without a new answer; 0 is never. Default: ${DEFAULT-VALUE}.")
    private int patience;

    @Option(
            names = "--thresholds",
            paramLabel = "A,B",
            split = ",",
            description =
                    "From which cosine with the category on the word is alike enough, and below which cosine with a"
                            + " member it is different enough. Default: measured with the prior; the authors use 0.28,0.2 with"
                            + " Kandinsky 2.1, for styles 0.28,0.15.")
    private List<Double> thresholds = List.of();

    @Option(
            names = "--attraction",
            paramLabel = "L",
            defaultValue = "1",
            description = "How much belonging counts against being different. Default: ${DEFAULT-VALUE}.")
    private double attraction;

    @Mixin
    private PriorOptions prior = new PriorOptions();

    @SuppressWarnings("NullAway.Init") // picocli sets the specification
    InventCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        if (silent) {
            requireNoQuestions();
        }
        InventRequest request = request();
        try (AskOptions.Opened asked = ask.open(((InventRequest.Member) request.goal()).members());
                PriorOptions.Opened with = prior.open(console, model, request.contexts());
                ProgressBar bar = console.progress("inventing", request.pace().steps())) {
            Path file = new Inventing(
                            with.illustrator(),
                            with.towers(),
                            request,
                            kept.folder(),
                            InstantSource.system(),
                            asked.answerer())
                    .run(kept.options(), new InventProgress(console, bar));
            console.out().println(word + "\t" + file);
        }
    }

    private void requireNoQuestions() {
        for (String option : OF_QUESTIONS) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new IllegalArgumentException(
                        option + " is for questions, and --no-questions asks none; leave one of the two out");
            }
        }
    }

    private InventRequest request() {
        boolean bundled = prior.isLittle(model);
        Category wanted = Category.named(category, bundled, members);
        Optional<AdaptiveNegatives.Settings> questions = silent
                ? Optional.empty()
                : Optional.of(new AdaptiveNegatives.Settings(
                        askEvery, wanted.question(bundled), wanted.noun(), confidence, patience));
        return new InventRequest(
                Word.of(word, init == null ? wanted.noun() : init),
                wanted.contexts(bundled),
                wanted.look(bundled),
                new InventRequest.Member(
                        List.of(wanted.noun()),
                        Weighting.of(List.of(), 1),
                        against,
                        wanted.members(),
                        wanted.unrelated(bundled),
                        given(),
                        attraction,
                        questions),
                prior.pace(false, bundled));
    }

    private Optional<Thresholds> given() {
        if (thresholds.isEmpty()) {
            return Optional.empty();
        }
        if (thresholds.size() != 2) {
            throw new IllegalArgumentException(
                    "--thresholds takes two cosines, such as 0.28,0.2, got " + thresholds.size());
        }
        return Optional.of(new Thresholds(thresholds.get(0), thresholds.get(1)));
    }
}
