package dev.hapax.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code hapax layout}: where the things of a prompt will stand. */
@Command(
        name = "layout",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        subcommands = HelpCommand.class,
        description = "Trains the layout predictor, which says where the two things of a prompt shall stand.",
        footerHeading = "%nExample:%n",
        footer = "  hapax layout train --model sd15 --detector detr-resnet-50 --out sd15/layout")
final class LayoutCommand extends GroupCommand {
    LayoutCommand() {
        super("say what to do with a layout: train");
    }
}
