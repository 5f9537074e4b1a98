package dev.hapax.app;

import dev.hapax.method.mcpl.McplSettings;
import dev.hapax.run.MethodName;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The regularisers of MCPL; what is not said is the method's. */
final class McplOptions {
    @Option(
            names = "--bind",
            paramLabel = "WORD=ADJECTIVE",
            description = "An adjective of the prompt that belongs to a word, such as \"<a>=brown\" (Bind adj.).")
    private Map<String, String> bind = new LinkedHashMap<>();

    @Option(
            names = "--mask",
            negatable = true,
            fallbackValue = Recipe.GIVEN,
            description = "Confine the loss to where the words look (AttnMask), or not. Default: the method's.")
    private @Nullable Boolean mask;

    @Option(
            names = "--contrast",
            paramLabel = "W",
            description = "Weight of PromptCL, which keeps words apart; 0 is off. Default: the method's.")
    private @Nullable Double contrast;

    @Option(names = "--temperature", paramLabel = "T", description = "Of PromptCL. Default: the method's.")
    private @Nullable Double temperature;

    McplSettings of(MethodName name) {
        McplSettings settings = name.regularisers();
        return settings.withMask(mask == null ? settings.attentionMask() : mask)
                .withContrast(
                        contrast == null ? settings.contrastWeight() : contrast,
                        temperature == null ? settings.temperature() : temperature)
                .withAdjectives(bind);
    }
}
