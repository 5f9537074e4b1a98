package dev.hapax.app;

import dev.hapax.app.model.BundledModel;
import dev.hapax.checkpoint.PartSummary;
import dev.hapax.run.ModelSummary;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hapax model info}: parts, sizes, types, family, hash. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        description = "Tells the parts of a model, their sizes and types, which family it is of, and its hash.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax model info                           the model that comes with hapax",
            "  hapax model info stable-diffusion-v1-5"
        })
final class ModelInfoCommand implements Runnable {
    private final Console console;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..1",
            description = "The model's folder; without it, the embedded model.")
    private @Nullable Path path;

    ModelInfoCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        ModelSummary model = ModelSummary.of(path == null ? BundledModel.unpack(console.environment()) : path);
        line("folder", model.root().toString());
        line("family", model.family());
        line("parameters", grouped(model.parameters()));
        model.vocabulary().ifPresent(tokens -> line("tokenizer", grouped(tokens) + " tokens"));
        line("sha256", model.hash());
        console.out().println();
        for (PartSummary part : model.parts()) {
            String line = String.format(
                    Locale.ROOT,
                    "%-18s %-32s %15s  %s",
                    part.name().isEmpty() ? "." : part.name(),
                    part.className(),
                    part.parameters().isEmpty() ? "" : grouped(part.count()),
                    types(part));
            console.out().println(line.stripTrailing());
        }
    }

    private void line(String name, String value) {
        console.out().printf(Locale.ROOT, "%-12s %s%n", name, value);
    }

    private static String types(PartSummary part) {
        return part.parameters().keySet().stream()
                .map(type -> part.parameters().size() == 1
                        ? type.safetensorsName()
                        : type.safetensorsName() + " ("
                                + grouped(part.parameters().get(type)) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String grouped(@Nullable Number number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
