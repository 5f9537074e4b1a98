package dev.hapax.app;

import dev.hapax.run.Learning;
import dev.hapax.run.RunFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a word made with a prior is kept, how often it is drawn meanwhile, and whether an old run goes on. */
final class WordRunOptions {
    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder for the word.")
    private Path out = Path.of("");

    @Option(
            names = "--sample-every",
            paramLabel = "N",
            defaultValue = "250",
            description = "Draw the word every so many steps; 0 is never. Default: ${DEFAULT-VALUE}.")
    private int sampleEvery;

    @Option(names = "--resume", description = "Go on with the run in the folder.")
    private boolean resume;

    RunFolder folder() {
        return new RunFolder(out);
    }

    Learning.Options options() {
        return new Learning.Options(Learning.Options.DEFAULT.saveEvery(), sampleEvery, resume);
    }
}
