package dev.hapax.app;

import dev.hapax.picturebook.recipe.Training;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hapax picturebook train}: makes the embedded model anew. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        description =
                "Trains the little model from nothing: an autoencoder, a CLIP, and the U-Net, on pictures that the"
                        + " program draws itself. Takes hours on a CPU. Stop it whenever you like; the same command goes on.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax picturebook train --out model",
            "  hapax picturebook train --out model --state /scratch/picturebook --threads 8"
        })
final class PicturebookTrainCommand implements Runnable {
    private final Console console;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder for the model.")
    private Path out = Path.of("");

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "The folder for pictures, states and logs; gigabytes, may be deleted afterwards. Default: the"
                    + " model's, with -state behind it.")
    private @Nullable Path state;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(names = "--vae-steps", paramLabel = "N", defaultValue = "3400", description = "Default: ${DEFAULT-VALUE}.")
    private long vaeSteps;

    @Option(names = "--clip-steps", paramLabel = "N", defaultValue = "2500", description = "Default: ${DEFAULT-VALUE}.")
    private long clipSteps;

    @Option(
            names = "--unet-steps",
            paramLabel = "N",
            defaultValue = "40000",
            description = "Default: ${DEFAULT-VALUE}.")
    private long unetSteps;

    @Option(names = "--unet-batch", paramLabel = "N", defaultValue = "64", description = "Default: ${DEFAULT-VALUE}.")
    private int unetBatch;

    PicturebookTrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.adviseOnSurroundings();
        Path states = state == null ? out.resolveSibling(out.toAbsolutePath().getFileName() + "-state") : state;
        try {
            Training training = new Training(out, states, threads, console.err());
            training.vae(vaeSteps);
            training.clip(clipSteps);
            training.unet(60_000, unetSteps, unetBatch, unetSteps / 4);
            console.out().println(out);
        } catch (IOException e) {
            throw new IllegalStateException("the training stopped: " + e + "; the same command goes on", e);
        }
    }
}
