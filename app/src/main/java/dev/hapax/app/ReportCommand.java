package dev.hapax.app;

import dev.hapax.evaluation.report.ReportComparison;
import dev.hapax.evaluation.report.ReportJson;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hapax report}: what differs between two reports. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        description = "Compares two reports: every figure that differs, and what was run differently.",
        footerHeading = "%nExamples:%n",
        footer = {"  hapax report bench-old bench-new", "  hapax report a/report.json b/report.json"})
final class ReportCommand implements Runnable {
    private final Console console;

    @Parameters(index = "0", paramLabel = "A", description = "The --out of hapax bench or evaluate, or a report.json.")
    private Path first = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "Another.")
    private Path second = Path.of("");

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.out()
                .print(ReportComparison.of(ReportJson.read(first), ReportJson.read(second))
                        .text());
    }
}
