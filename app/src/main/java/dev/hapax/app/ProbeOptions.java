package dev.hapax.app;

import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.diffusion.Version;
import dev.hapax.evaluation.protocol.Findings;
import dev.hapax.evaluation.report.ReportFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that all probes share: the model, the words, and where the report goes. */
final class ProbeOptions {
    @Mixin
    private ModelOption model = new ModelOption();

    @Option(
            names = "--word",
            paramLabel = "FILE",
            required = true,
            description = "A folder that hapax learn has written, or one word file; give as many as you like.")
    private List<Path> words = List.of();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "For the report.")
    private Path out = Path.of("");

    List<Path> words() {
        return words;
    }

    boolean isBundled() {
        return model.isBundled();
    }

    /** Makes the folder of the report before there is anything to lose, and opens the model. */
    StableDiffusion open(Console console) {
        OutFolder.make(out);
        return model.open(console);
    }

    /** As it is written in a command, from the model on, without the place of the report. */
    String text() {
        StringBuilder text = new StringBuilder();
        model.given().ifPresent(given -> text.append(" --model ").append(given));
        words.forEach(word -> text.append(" --word ").append(word));
        return text.toString();
    }

    /** What was run, for the report. */
    Map<String, String> run(StableDiffusion opened, String command) {
        Map<String, String> run = new LinkedHashMap<>();
        run.put("model", opened.name() + ", sha256 " + opened.hash());
        words.forEach(word -> run.put("words " + word.getFileName(), "given"));
        run.put("command", command);
        run.put("version", "Hapax " + Version.CURRENT);
        return run;
    }

    void write(Console console, Findings findings) {
        ReportFolder report = new ReportFolder(out);
        findings.write(report);
        console.out().println(report.page());
    }
}
