package dev.hapax.lora;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells which models a LoRA was made for, by the width of the text that its changes read. */
final class LoraFamily {
    private static final Pattern READS_TEXT = Pattern.compile(".*attn2[._]to_[kv](?:\\.weight)?");
    private static final Pattern IN_ENCODER = Pattern.compile(".*self_attn[._]q_proj(?:\\.weight)?");

    private LoraFamily() {}

    /**
     * For example {@code Stable Diffusion 1.x (text width 768)}; empty if nothing that is changed reads text.
     *
     * @param factors by the names of modules or parameters, in the spelling of a file or of a model
     */
    static Optional<String> of(Map<String, LoraFactors> factors) {
        return width(factors, READS_TEXT)
                .map(LoraFamily::ofText)
                .or(() -> width(factors, IN_ENCODER).map(LoraFamily::ofEncoder));
    }

    private static Optional<Long> width(Map<String, LoraFactors> factors, Pattern name) {
        return factors.entrySet().stream()
                .filter(entry -> name.matcher(entry.getKey()).matches())
                .map(entry -> entry.getValue().weightShape()[1])
                .findFirst();
    }

    private static String ofText(long width) {
        return switch ((int) width) {
            case 768 -> "Stable Diffusion 1.x (text width 768)";
            case 1024 -> "Stable Diffusion 2.x (text width 1024)";
            case 2048 -> "Stable Diffusion XL (text width 2048)";
            default -> "a model of text width " + width;
        };
    }

    private static String ofEncoder(long width) {
        return switch ((int) width) {
            case 768 -> "a text encoder of width 768 (Stable Diffusion 1.x, the first of XL)";
            case 1024 -> "a text encoder of width 1024 (Stable Diffusion 2.x)";
            case 1280 -> "a text encoder of width 1280 (the second of Stable Diffusion XL)";
            default -> "a text encoder of width " + width;
        };
    }
}
