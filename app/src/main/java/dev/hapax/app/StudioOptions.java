package dev.hapax.app;

import dev.hapax.evaluation.protocol.Studio;
import dev.hapax.evaluation.protocol.StudioParts;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that all evaluations share: who draws, who judges, how many work, and where. */
final class StudioOptions {
    @Mixin
    private ModelOption model = new ModelOption();

    @Option(
            names = "--judge",
            paramLabel = "DIR",
            description = "The CLIP that judges, as transformers saves it or with the parts of a pipeline. Default: the"
                    + " model's folder, if it has an image_encoder.")
    private @Nullable Path judge;

    @Option(
            names = "--dino",
            paramLabel = "DIR",
            description = "A DINO or DINOv2 as transformers saves it, to judge likeness. Default: none.")
    private @Nullable Path dino;

    @Option(
            names = "--reader",
            paramLabel = "DIR",
            description = "Picturebook's attribute reader. Default: the model's folder reader, if there is one.")
    private @Nullable Path reader;

    @Option(
            names = "--detector",
            paramLabel = "DIR",
            description =
                    "A DETR as transformers saves it, to judge whether things are there. Default: the model's folder"
                            + " detector, if there is one.")
    private @Nullable Path detector;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "How many cells at once; figures do not depend on it. Default: the processors of this machine"
                    + " for a small model, 1 for a large one.")
    private @Nullable Integer workers;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "For the report and all that is kept.")
    private Path out = Path.of("");

    @Option(names = "--dry-run", description = "Only say how many cells there are and how long they may take.")
    private boolean dryRun;

    /**
     * Opens the model, the judges and a prior.
     *
     * @param prior its folder; empty for the model's, if it has one
     */
    Studio open(Console console, BooleanSupplier stop, Optional<Path> prior) {
        console.adviseOnSurroundings();
        return new StudioParts(
                        model.folder(console),
                        Optional.ofNullable(judge),
                        Optional.ofNullable(dino),
                        Optional.ofNullable(reader),
                        Optional.ofNullable(detector),
                        prior)
                .open(stop);
    }

    /** Model and judges as they are written in a command. */
    String text() {
        Map<String, Optional<Path>> given = new LinkedHashMap<>();
        given.put(" --model ", model.given());
        given.put(" --judge ", Optional.ofNullable(judge));
        given.put(" --dino ", Optional.ofNullable(dino));
        given.put(" --reader ", Optional.ofNullable(reader));
        given.put(" --detector ", Optional.ofNullable(detector));
        StringBuilder text = new StringBuilder();
        given.forEach(
                (option, folder) -> folder.ifPresent(path -> text.append(option).append(path)));
        return text.toString();
    }

    boolean isBundled() {
        return model.isBundled();
    }

    Path out() {
        return out;
    }

    boolean dryRun() {
        return dryRun;
    }

    int workers(Studio studio) {
        if (workers != null) {
            if (workers < 1) {
                throw new IllegalArgumentException("--workers must be at least 1, got " + workers);
            }
            return workers;
        }
        return studio.model().isSmall() ? Runtime.getRuntime().availableProcessors() : 1;
    }
}
