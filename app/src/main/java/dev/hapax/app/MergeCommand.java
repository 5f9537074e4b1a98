package dev.hapax.app;

import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.run.Merging;
import dev.hapax.run.RunFolder;
import dev.hapax.run.TextLines;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hapax merge}: one folder from concepts that were learned apart. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        description =
                "Joins concepts that custom-diffusion or disendiff learned apart (whole matrices, not LoRAs): each"
                        + " reads its own prompts as before, and other texts are changed as little as that allows (Kumari et al."
                        + " 2023, section 3.3). Without it, hapax generate adds the changes up.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax merge cat dog --captions captions.txt --out both",
            "  hapax generate \"<v1> cat beside <v2> dog\" --word both"
        })
final class MergeCommand implements Runnable {
    private final Console console;

    @Mixin
    private ModelOption model = new ModelOption();

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders that hapax learn has written.")
    private List<Path> folders = List.of();

    @Option(
            names = "--captions",
            paramLabel = "FILE",
            required = true,
            description =
                    "Captions of ordinary pictures, one on each line, some two hundred: what shall stay as it is.")
    private Path captions = Path.of("");

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder for the result.")
    private Path out = Path.of("");

    MergeCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        try (StableDiffusion opened = model.open(console)) {
            new Merging(opened, TextLines.of(captions, "caption")).merge(folders, new RunFolder(out));
            console.out().println(out);
        }
    }
}
