package dev.hapax.app;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.WriteFailedException;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.evaluation.measure.ReaderJudge;
import dev.hapax.evaluation.probe.CellHeat;
import dev.hapax.evaluation.probe.CellProbe;
import dev.hapax.evaluation.probe.CellReport;
import dev.hapax.evaluation.probe.CellShares;
import dev.hapax.method.matte.MatteCells;
import dev.hapax.text.CellTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hapax probe cells}: which attribute of an image follows which cell of layers and timesteps. */
@Command(
        name = "cells",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  hapax probe cells --scenes 40 --out cells"},
        description =
                "Tells one cell of layers and timesteps something else than the others, and has a reader say what the"
                        + " image shows. Writes the shares (cells.md, cells.json, cells.png) and a table for"
                        + " hapax learn --method matte --cells (proposal.json). For models that know Picturebook's captions.")
final class ProbeCellsCommand implements Runnable {
    private final Console console;

    @Mixin
    private ModelOption model = new ModelOption();

    @Option(
            names = "--reader",
            paramLabel = "DIR",
            description = "The folder of the attribute reader. Default: the model's folder reader.")
    private @Nullable Path reader;

    @Option(
            names = "--table",
            paramLabel = "FILE",
            description =
                    "The cells, as JSON: {\"groups\": [0, 1, 1], \"borders\": [500]}. Default: MATTE's, by depth.")
    private @Nullable Path table;

    @Option(
            names = "--scenes",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many captions. Default: ${DEFAULT-VALUE}.")
    private int scenes;

    @Mixin
    private SamplingOptions sampling = new SamplingOptions();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder for the results.")
    private Path out = Path.of("");

    ProbeCellsCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        Path judge = reader == null ? model.folder(console).resolve("reader") : reader;
        try (StableDiffusion opened = model.open(console);
                ReaderJudge own = ReaderJudge.open(judge)) {
            MatteCells paper = CellProbe.papers(opened);
            CellTable cells = table == null ? paper.table() : read(table);
            CellProbe probe =
                    new CellProbe(opened, own, cells, scenes, sampling.steps(), sampling.guidance(), sampling.seed());
            OutFolder.make(out);
            CellShares shares;
            try (ProgressBar bar = console.progress("probing", probe.images())) {
                shares = probe.run(done -> bar.advance(1, ""));
            }
            write(shares, paper);
        }
    }

    private static CellTable read(Path file) {
        try {
            return CellTable.parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new CheckpointException("the table " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void write(CellShares shares, MatteCells paper) {
        try {
            Files.writeString(out.resolve("cells.md"), CellReport.markdown(shares));
            Files.writeString(out.resolve("cells.json"), CellReport.json(shares));
            ImageIO.write(CellHeat.of(shares), "png", out.resolve("cells.png").toFile());
            console.out().println(out.resolve("cells.md"));
            MatteCells proposal;
            try {
                proposal = shares.proposal();
            } catch (IllegalStateException e) { // nothing to propose is a result
                console.err().println("hapax: " + e.getMessage());
                return;
            }
            Files.writeString(out.resolve("proposal.json"), proposal.json() + "\n");
            console.out().println(out.resolve("proposal.json"));
            console.out()
                    .println("separation of the proposal " + number(shares.separation(proposal))
                            + (paper.table().equals(shares.table())
                                    ? ", of the paper's cells " + number(shares.separation(paper))
                                    : ""));
        } catch (IOException e) {
            throw new WriteFailedException(out, e);
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
