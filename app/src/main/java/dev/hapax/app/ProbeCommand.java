package dev.hapax.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hapax probe}: which part of a model does what. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        subcommands = HelpCommand.class,
        description = "Shows which part of a model does what.",
        footerHeading = "%nExamples:%n",
        footer = {"  hapax probe cells --scenes 40 --out probe"})
final class ProbeCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the specification
    ProbeCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to probe: cells");
    }
}
