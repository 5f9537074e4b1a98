package dev.hapax.app;

import dev.hapax.picturebook.recipe.ClipTraining;
import dev.hapax.picturebook.recipe.DetectorTraining;
import dev.hapax.picturebook.recipe.Plan;
import dev.hapax.picturebook.recipe.PriorTraining;
import dev.hapax.picturebook.recipe.ReaderTraining;
import dev.hapax.picturebook.recipe.UNetTraining;
import dev.hapax.picturebook.recipe.VaeTraining;
import dev.hapax.picturebook.recipe.Workshop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hapax picturebook train}: makes the embedded model anew. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        description = "Trains the little model from nothing: an autoencoder, a CLIP, the U-Net, a prior, the reader"
                + " that the check judges by, and a detector, on pictures that the program draws itself. Takes hours on a CPU."
                + " Stop it whenever you like; the same command goes on.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax picturebook train --out model",
            "  hapax picturebook train --out model --state /scratch/picturebook --threads 8",
            "  hapax picturebook train --out better --from model --unet-steps 5000 --unet-rate 4e-4"
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

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "Take the other parts from this model, and train its U-Net on.")
    private @Nullable Path from;

    @Option(
            names = "--scenes",
            paramLabel = "N",
            defaultValue = "60000",
            description = "How many pictures the U-Net and the prior see. Default: ${DEFAULT-VALUE}.")
    private long scenes;

    @Option(names = "--vae-steps", paramLabel = "N", defaultValue = "4700", description = "Default: ${DEFAULT-VALUE}.")
    private long vaeSteps;

    @Option(
            names = "--decoder-steps",
            paramLabel = "N",
            defaultValue = "4000",
            description = "Of the autoencoder's decoder alone, afterwards. Default: ${DEFAULT-VALUE}.")
    private long decoderSteps;

    @Option(names = "--clip-steps", paramLabel = "N", defaultValue = "9200", description = "Default: ${DEFAULT-VALUE}.")
    private long clipSteps;

    @Option(
            names = "--unet-steps",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Default: ${DEFAULT-VALUE}.")
    private long unetSteps;

    @Option(names = "--unet-batch", paramLabel = "N", defaultValue = "64", description = "Default: ${DEFAULT-VALUE}.")
    private int unetBatch;

    @Option(
            names = "--unet-rate",
            paramLabel = "RATE",
            defaultValue = "1e-3",
            description = "The highest learning rate. Default: ${DEFAULT-VALUE}.")
    private double unetRate;

    @Option(
            names = "--prior-steps",
            paramLabel = "N",
            defaultValue = "3000",
            description = "Default: ${DEFAULT-VALUE}.")
    private long priorSteps;

    @Option(
            names = "--reader-steps",
            paramLabel = "N",
            defaultValue = "6000",
            description = "Of the attribute reader that the check judges by. Default: ${DEFAULT-VALUE}.")
    private long readerSteps;

    @Option(
            names = "--detector-steps",
            paramLabel = "N",
            defaultValue = "8000",
            description = "Of the detector that says which things are where. Default: ${DEFAULT-VALUE}.")
    private long detectorSteps;

    PicturebookTrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.adviseOnSurroundings();
        Path states = state == null ? out.resolveSibling(out.toAbsolutePath().getFileName() + "-state") : state;
        try {
            Workshop shop = Workshop.open(out, states, threads, console.err());
            UNetTraining unet = new UNetTraining(shop);
            if (from != null) {
                unet.goOnFrom(from);
            }
            VaeTraining vae = new VaeTraining(shop);
            ClipTraining clip = new ClipTraining(shop);
            PriorTraining prior = new PriorTraining(shop);
            ReaderTraining reader = new ReaderTraining(shop);
            DetectorTraining detector = new DetectorTraining(shop);
            String stages = Stream.of( // numbers that do not fit are told before the first of them begins
                            vae.plan(vaeSteps),
                            vae.decoderPlan(decoderSteps),
                            clip.plan(clipSteps),
                            unet.plan(unetSteps, unetBatch, unetRate),
                            prior.plan(priorSteps),
                            reader.plan(readerSteps),
                            detector.plan(detectorSteps))
                    .flatMap(Optional::stream)
                    .map(Plan::name)
                    .collect(Collectors.joining(", "));
            console.err().println("hapax: to train: " + (stages.isEmpty() ? "nothing, all is there" : stages));
            vae.vae(vaeSteps);
            vae.decoder(decoderSteps);
            clip.clip(clipSteps);
            unet.unet(scenes, unetSteps, unetBatch, unetRate);
            prior.prior(priorSteps, scenes);
            reader.reader(readerSteps);
            detector.detector(detectorSteps);
            console.out().println(out);
        } catch (IOException e) {
            throw new IllegalStateException("the training stopped: " + e + "; the same command goes on", e);
        }
    }
}
