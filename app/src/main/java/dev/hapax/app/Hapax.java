package dev.hapax.app;

import dev.hapax.diffusion.Version;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;

/** The program {@code hapax}. */
@Command(
        name = "hapax",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        description = "Teaches a text-to-image diffusion model new words from pictures.",
        subcommands = HelpCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax demo",
            "  hapax learn cat-and-ball.png --prompt \"a brown <a> cat and a blue <b> ball\" --out words",
            "  hapax generate \"a sketch of <a> on a beach\" --word words --seed 7 --count 8",
            "  hapax bench mcpl --scale small --out bench",
            "",
            "Exit codes: 0 done, 1 failed, 2 a mistake in what was asked for.",
            "Results go to standard output, progress to standard error."
        })
public final class Hapax {
    private final CommandLine commands;

    /** The version, for picocli. */
    static final class VersionText implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"hapax " + Version.CURRENT};
        }
    }

    private Hapax(Console console) {
        Mistakes mistakes = new Mistakes(console);
        commands = new CommandLine(this)
                .addSubcommand(new LearnCommand(console))
                .addSubcommand(new GenerateCommand(console))
                .addSubcommand(new MergeCommand(console))
                .addSubcommand(new CommandLine(new ModelCommand()).addSubcommand(new ModelInfoCommand(console)))
                .addSubcommand(new DemoCommand(console))
                .addSubcommand(new EvaluateCommand(console))
                .addSubcommand(new BenchCommand(console))
                .addSubcommand(new ReportCommand(console))
                .addSubcommand(new CommandLine(new ProbeCommand())
                        .addSubcommand(new ProbeAttentionCommand(console))
                        .addSubcommand(new ProbeEntropyCommand(console)))
                .addSubcommand(new CommandLine(new PicturebookCommand())
                        .addSubcommand(new PicturebookTrainCommand(console))
                        .addSubcommand(new PicturebookCheckCommand(console)));
        commands.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> mistakes.inArguments(e))
                .setExecutionExceptionHandler((e, command, parsed) -> mistakes.inExecution(e));
    }

    /** Runs one command and gives back its exit code. */
    public static int run(Console console, String... args) {
        try {
            return new Hapax(console).commands.execute(args.length == 0 ? new String[] {"--help"} : args);
        } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
            return new Mistakes(console).inExecution(e);
        }
    }

    /** Runs the command line of a process. */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true");
        System.exit(run(Console.ofProcess(), args));
    }
}
