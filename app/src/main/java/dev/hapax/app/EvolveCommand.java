package dev.hapax.app;

import dev.hapax.app.invent.FamilyPage;
import dev.hapax.app.invent.FamilyPicture;
import dev.hapax.evaluation.category.Category;
import dev.hapax.evaluation.category.Namer;
import dev.hapax.method.conceptlab.Context;
import dev.hapax.method.conceptlab.Weighting;
import dev.hapax.run.Breeding;
import dev.hapax.run.FamilyTree;
import dev.hapax.run.LearnRequest;
import dev.hapax.run.Portraits;
import dev.hapax.run.PriorModel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hapax evolve}: words bred over generations. */
@Command(
        name = "evolve",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        description =
                "Breeds words over generations (ConceptLab): each child is a folder with a word, is drawn, and is a parent"
                        + " in turn. Writes family.html and family.png. The same command goes on after an interruption, or"
                        + " adds generations. Pictures in the folders may be exchanged before.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax evolve cats/ teapots/ --generations 2 --children 3 --out family",
            "  hapax invent pet --out pet; hapax invent plant --out plant; hapax evolve pet plant --out family",
            "  hapax generate \"a sketch of a <g2-1>\" --word family/g2-1"
        })
final class EvolveCommand implements Runnable {
    private final Console console;

    @Mixin
    private ModelOption model = new ModelOption();

    @Parameters(
            paramLabel = "DIR",
            arity = "2..*",
            description = "For each parent a folder of pictures of it, or a folder with its word, which is drawn.")
    private List<Path> parents = List.of();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder for the family.")
    private Path out = Path.of("");

    @Option(
            names = "--generations",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many. Default: ${DEFAULT-VALUE}.")
    private int generations;

    @Option(
            names = "--children",
            paramLabel = "N",
            defaultValue = "2",
            description = "Of each generation. Default: ${DEFAULT-VALUE}.")
    private int children;

    @Option(
            names = "--weights",
            paramLabel = "W,...",
            split = ",",
            description =
                    "How much of each parent there shall be in the first generation. Default: siblings lie between"
                            + " two parents, evenly spread.")
    private List<Double> weights = List.of();

    @Option(
            names = "--init",
            paramLabel = "TEXT",
            description = "What words start from. Default: the known thing that CLIP sees in the parents' pictures.")
    private @Nullable String init;

    @Option(
            names = "--pictures",
            paramLabel = "N",
            defaultValue = "8",
            description = "Drawn of each word. Default: ${DEFAULT-VALUE}.")
    private int pictures;

    @Option(
            names = "--keep",
            paramLabel = "N",
            defaultValue = "4",
            description = "The most typical of these are kept to breed from. Default: ${DEFAULT-VALUE}.")
    private int keep;

    @Mixin
    private PriorOptions prior = new PriorOptions();

    EvolveCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        boolean bundled = prior.isLittle(model);
        Weighting weighting = Weighting.of(weights, weights.isEmpty() ? 1 : parents.size());
        if (weighting.changed()) {
            console.err()
                    .println("hapax: the weights " + weights + " do not sum to 1; they are taken as "
                            + weighting.weights());
        }
        Category thing = new Category("thing", List.of(), false);
        List<Context> contexts = thing.contexts(bundled);
        LearnRequest.Pace pace = prior.pace(true, bundled);
        try (PriorOptions.Opened with = prior.open(console, model, contexts)) {
            PriorModel towers = with.towers();
            Portraits portraits =
                    new Portraits(with.illustrator(), towers.requiredVision(), thing.portrait(bundled), pictures, keep);
            try (ProgressBar bar = console.progress("breeding", (double) pace.steps() * generations * children)) {
                Breeding breeding = new Breeding(
                        towers,
                        portraits,
                        new Breeding.Plan(
                                founders -> init == null ? new Namer(towers, bundled).name(founders) : init,
                                contexts,
                                weights.isEmpty() ? List.of() : weighting.weights(),
                                generations,
                                children,
                                pace),
                        out,
                        InstantSource.system());
                FamilyTree tree = breeding.run(parents, this::show, new InventProgress(console, bar));
                tree.members().stream()
                        .filter(member -> member.generation() > 0)
                        .forEach(member ->
                                console.out().println("<" + member.name() + ">\t" + out.resolve(member.name())));
            }
        }
    }

    private void show(FamilyTree tree) {
        FamilyPage.write(out.resolve("family.html"), tree);
        FamilyPicture.write(out.resolve("family.png"), tree);
    }
}
