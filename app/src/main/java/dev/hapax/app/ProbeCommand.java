package dev.hapax.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hapax probe}: analyses of learned words. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        subcommands = HelpCommand.class,
        description = "Looks into learned words: where they look while an image is drawn, how they differ from ordinary"
                + " ones. What takes learning first are benches: hapax bench sweep, hapax bench pairs.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax probe attention \"a picture of a <a> cat and a mug\" --word words --out probe",
            "  hapax probe entropy --word words --out probe"
        })
final class ProbeCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the specification
    ProbeCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to look at: attention or entropy");
    }
}
