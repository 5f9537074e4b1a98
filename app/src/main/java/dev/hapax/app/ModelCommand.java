package dev.hapax.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hapax model}: what is in a model. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        subcommands = HelpCommand.class,
        description = "Looks into models.",
        footerHeading = "%nExample:%n",
        footer = "  hapax model info stable-diffusion-v1-5")
final class ModelCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the specification
    ModelCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do with a model: info");
    }
}
