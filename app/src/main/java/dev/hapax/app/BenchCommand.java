package dev.hapax.app;

import dev.hapax.evaluation.protocol.Ground;
import dev.hapax.evaluation.protocol.InventProtocol;
import dev.hapax.evaluation.protocol.Protocol;
import dev.hapax.evaluation.protocol.Scale;
import dev.hapax.evaluation.protocol.Studio;
import dev.hapax.run.StopOnExit;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hapax bench}: does what a paper did, and says which of its claims hold. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        description =
                "Runs the evaluation of a paper and writes a report: tables with intervals, a verdict on each claim,"
                        + " images, attention maps. A run that was stopped goes on where it was; a second one is instant.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax bench mcpl --scale tiny --out try        to see that it works; the figures mean nothing",
            "  hapax bench mcpl --scale small --out mcpl --dry-run",
            "  hapax bench mcpl --scale paper --out mcpl-sd15 --model sd15 --judge clip-vit-b-32 --pictures pairs",
            "  hapax bench compositional --scale small --out compositional",
            "  hapax bench invent --scale small --out invent",
            "",
            "compositional, pairs and sweep (of one weight) are Compositional Inversion's. They take pictures of one",
            "thing each: cat.png and cat.txt (a <a> cat).",
            "attributes (MATTE, P+, ProSpect) draws its own pictures, for it has to know what they show.",
            "A folder for --pictures of the others holds pair.png and pair.txt (a brown <a> cat and a rolling <b> ball),",
            "and where the truth is known masks/pair-a.png and masks/pair-b.png, the thing white on black."
        })
final class BenchCommand implements Runnable {
    private static final String INVENT = new InventProtocol().name();

    private final Console console;

    @Parameters(
            paramLabel = "NAME",
            description = "Which evaluation: mcpl, disendiff, compositional, pairs, sweep, attributes, invent.")
    private String name = "";

    @Option(
            names = "--scale",
            paramLabel = "SCALE",
            required = true,
            description =
                    "tiny: to see that it works. small: hours on two cores, on Picturebook. paper: as much as the paper.")
    private String scale = "";

    @Option(
            names = "--pictures",
            paramLabel = "DIR",
            description = "Pictures of your own, with sentences. Default: held-out scenes of Picturebook.")
    private @Nullable Path pictures;

    @Option(
            names = "--prior",
            paramLabel = "DIR",
            description =
                    "The folder of a prior with its towers, which invent needs. Default: the model's folder, if it"
                            + " has one.")
    private @Nullable Path prior;

    @Mixin
    private StudioOptions options = new StudioOptions();

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        Protocol protocol = Protocol.named(name);
        if (prior != null && !name.equals(INVENT)) {
            throw new IllegalArgumentException(
                    "--prior is for bench " + INVENT + ", and bench " + name + " would not look at it; leave it out");
        }
        Scale size = Protocol.scale(scale);
        try (StopOnExit stop = new StopOnExit();
                Studio studio = options.open(console, stop, Optional.ofNullable(prior))) {
            Ground ground = Ground.of(studio, Optional.ofNullable(pictures));
            new ComparisonRun(console, options, studio).run(protocol.on(ground, size), command());
        }
    }

    /** As it is written, without what decides no figure. */
    String command() {
        return "hapax bench " + name + " --scale " + scale.toLowerCase(Locale.ROOT) + options.text()
                + (pictures == null ? "" : " --pictures " + pictures) + (prior == null ? "" : " --prior " + prior);
    }
}
