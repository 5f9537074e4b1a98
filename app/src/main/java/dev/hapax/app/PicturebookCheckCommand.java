package dev.hapax.app;

import dev.hapax.picturebook.check.CheckResult;
import dev.hapax.picturebook.check.CheckSettings;
import dev.hapax.picturebook.check.PicturebookCheck;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hapax picturebook check}: how good the embedded model is. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        sortOptions = false,
        description = "Draws held-out prompts of two things and has a reader of its own say what is right in them. Exit"
                + " code 1 if a bar is missed.",
        footerHeading = "%nExamples:%n",
        footer = {"  hapax picturebook check", "  hapax picturebook check --model model --prompts 50 --out check"})
final class PicturebookCheckCommand implements java.util.concurrent.Callable<Integer> {
    private final Console console;

    @Mixin
    private ModelOption model = new ModelOption();

    @Option(
            names = "--reader",
            paramLabel = "DIR",
            description = "The folder of the attribute reader. Default: the model's folder reader.")
    private @Nullable Path reader;

    @Option(names = "--prompts", paramLabel = "N", defaultValue = "500", description = "Default: ${DEFAULT-VALUE}.")
    private int prompts;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Default: all cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "DIR", description = "Write the figures and a sheet of drawings there.")
    private @Nullable Path out;

    PicturebookCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (out != null) {
            OutFolder.make(out);
        }
        console.adviseOnSurroundings();
        Path folder = model.folder(console);
        CheckResult result = PicturebookCheck.check(
                folder,
                reader == null ? folder.resolve("reader") : reader,
                CheckSettings.of(prompts, seed).withWorkers(threads),
                line -> console.err().println(line));
        console.out().println(result.table());
        if (out != null) {
            result.write(out);
        }
        return result.reached() ? 0 : Mistakes.FAILURE;
    }
}
