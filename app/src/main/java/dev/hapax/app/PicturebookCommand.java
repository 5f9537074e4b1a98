package dev.hapax.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code hapax picturebook}: the embedded model and the little world it comes from. */
@Command(
        name = "picturebook",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        subcommands = HelpCommand.class,
        description = "Trains and checks the little model that comes with hapax.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax picturebook train --out model",
            "  hapax picturebook check --model model --reader model/reader"
        })
final class PicturebookCommand extends GroupCommand {
    PicturebookCommand() {
        super("say what to do with the picturebook: train or check");
    }
}
