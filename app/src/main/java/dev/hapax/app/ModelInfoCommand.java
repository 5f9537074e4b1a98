package dev.hapax.app;

import dev.hapax.app.model.BundledModel;
import dev.hapax.checkpoint.PartSummary;
import dev.hapax.lora.LoraFile;
import dev.hapax.lora.LoraNaming;
import dev.hapax.lora.LoraSummary;
import dev.hapax.run.ModelSummary;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hapax model info}: parts, sizes, types, family, hash; of a LoRA its naming, ranks and targets. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        versionProvider = Hapax.VersionText.class,
        description =
                "Tells the parts of a model, their sizes and types, which family it is of, and its hash; of a LoRA how its"
                        + " tensors are named, its ranks and scales, and what it changes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hapax model info                           the model that comes with hapax",
            "  hapax model info stable-diffusion-v1-5",
            "  hapax model info ink.safetensors"
        })
final class ModelInfoCommand implements Runnable {
    private final Console console;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..1",
            description = "The model's folder, or a LoRA; without it, the embedded model.")
    private @Nullable Path path;

    ModelInfoCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        if (path != null && (Files.isRegularFile(path) || LoraFile.isFolderOfOne(path))) {
            describe(LoraSummary.of(path));
            return;
        }
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

    private void describe(LoraSummary lora) {
        line("LoRA", lora.path().toString());
        line("fits", lora.family().orElse("cannot be told: nothing that it changes reads text"));
        line("naming", joined(lora.naming().stream().map(LoraNaming::label)));
        line("tensors", grouped(lora.tensors()));
        lora.modules().forEach((part, modules) -> line(part, grouped(modules) + " weights"));
        line("ranks", joined(lora.ranks().stream().map(Object::toString)));
        line("alphas", joined(lora.alphas().stream().map(ModelInfoCommand::plain)));
        line("scales", joined(lora.scales().stream().map(ModelInfoCommand::plain)));
        line("targets", joined(lora.targets().stream()));
        String base = lora.metadata().get("ss_base_model_version"); // kohya's name of the family
        if (base != null) {
            line("base model", base);
        }
        line("sha256", lora.hash());
    }

    private static String joined(Stream<String> items) {
        return items.collect(Collectors.joining(", "));
    }

    private static String plain(double value) {
        return new BigDecimal(value, new MathContext(6)).stripTrailingZeros().toPlainString();
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
