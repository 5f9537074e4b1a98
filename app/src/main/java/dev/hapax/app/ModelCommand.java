package dev.hapax.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code hapax model}: what is in a model. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        subcommands = HelpCommand.class,
        description = "Looks into models.",
        footerHeading = "%nExample:%n",
        footer = "  hapax model info stable-diffusion-v1-5")
final class ModelCommand extends GroupCommand {
    ModelCommand() {
        super("say what to do with a model: info");
    }
}
