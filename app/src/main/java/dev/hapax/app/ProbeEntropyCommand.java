package dev.hapax.app;

import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.evaluation.probe.EntropyReport;
import dev.hapax.method.compositionalinversion.AnchorTable;
import dev.hapax.run.Painter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hapax probe entropy}: how evenly learned words spread over their coordinates. */
@Command(
        name = "entropy",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        description =
                "Compares the entropy of learned embeddings with that of ordinary words: how evenly a word's vector"
                        + " spreads over its coordinates.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax probe entropy --word words --out entropy",
            "  hapax probe entropy --word a --word b --names nouns.txt --out nouns"
        })
final class ProbeEntropyCommand implements Runnable {
    private final Console console;

    @Mixin
    private ProbeOptions options = new ProbeOptions();

    @Option(
            names = "--names",
            paramLabel = "FILE",
            description = "The ordinary words, one in a line. Default: COCO's 80 names; with the little model its own"
                    + " kinds.")
    private @Nullable Path names;

    ProbeEntropyCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        try (StableDiffusion model = options.open(console);
                Painter painter = Painter.open(model, options.words())) {
            SinglePromptEncoder text = SinglePromptEncoder.of(model);
            AnchorTable table = AnchorTable.of(
                    AnchorOptions.vocabulary(names, options.isBundled()), text.tokenizer(), text.encoder());
            Map<String, List<float[]>> ordinary = new LinkedHashMap<>();
            for (int i = 0; i < table.names().size(); i++) {
                ordinary.put(table.names().get(i), List.of(table.vectors().get(i)));
            }
            options.write(
                    console,
                    new EntropyReport(
                                    painter.vectors(),
                                    ordinary,
                                    options.run(
                                            model,
                                            "hapax probe entropy" + options.text()
                                                    + (names == null ? "" : " --names " + names)))
                            .findings());
        }
    }
}
