package dev.hapax.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code hapax probe}: looks into learned words and into the model. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        subcommands = HelpCommand.class,
        description = "Looks into learned words: where they look while an image is drawn, how they differ from ordinary"
                + " ones; and into the model: which of its parts does what. What takes learning first are benches: hapax"
                + " bench sweep, hapax bench pairs.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax probe attention \"a picture of a <a> cat and a mug\" --word words --out attention",
            "  hapax probe entropy --word words --out entropy",
            "  hapax probe cells --scenes 40 --out cells"
        })
final class ProbeCommand extends GroupCommand {
    ProbeCommand() {
        super("say what to look at: attention, entropy or cells");
    }
}
