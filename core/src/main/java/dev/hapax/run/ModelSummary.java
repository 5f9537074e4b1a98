package dev.hapax.run;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.PartSummary;
import dev.hapax.text.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What lies in a model's folder.
 *
 * @param root the folder
 * @param family which well-known models it is built like
 * @param hash SHA-256 of its weights ({@link ModelFolder#hash()})
 * @param vocabulary how many tokens its tokenizer knows; empty without one
 * @param parts by name; the one without a name is the folder itself
 */
public record ModelSummary(Path root, String family, String hash, OptionalInt vocabulary, List<PartSummary> parts) {
    private static final int WIDTH_1 = 768; // CLIP ViT-L
    private static final int WIDTH_2 = 1024; // OpenCLIP ViT-H

    /** Copies the list. */
    public ModelSummary {
        parts = List.copyOf(parts);
    }

    /**
     * Looks at a model's folder.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if it is none, or a part is damaged
     */
    public static ModelSummary of(Path root) {
        try (ModelFolder folder = ModelFolder.open(root)) {
            Stream<String> whole = folder.has(ModelFolder.ROOT) ? Stream.of(ModelFolder.ROOT) : Stream.of();
            List<PartSummary> parts = Stream.concat(whole, folder.parts().stream())
                    .map(part -> PartSummary.of(folder, part))
                    .toList();
            return new ModelSummary(root, family(folder), folder.hash(), vocabulary(folder), parts);
        }
    }

    /** The number of parameters of all parts. */
    public long parameters() {
        return parts.stream().mapToLong(PartSummary::count).sum();
    }

    private static OptionalInt vocabulary(ModelFolder folder) {
        if (!folder.has("tokenizer")) {
            return OptionalInt.empty();
        }
        try (Tokenizer tokenizer = Tokenizer.open(folder.path("tokenizer"))) {
            return OptionalInt.of(tokenizer.vocabularySize());
        }
    }

    /** A model that lies in the folder itself. */
    private static String encoder(ModelFolder folder) {
        String type =
                folder.has(ModelFolder.ROOT) ? folder.config(ModelFolder.ROOT).text("model_type", "") : "";
        return switch (type) {
            case "clip" -> "CLIP";
            case "vit" -> "vision transformer, built like DINO";
            case "dinov2" -> "DINOv2";
            default -> "no diffusion model";
        };
    }

    private static String family(ModelFolder folder) {
        if (!folder.has("unet")) {
            return folder.has("prior") ? "diffusion prior" : encoder(folder);
        }
        if (folder.has("text_encoder_2")) {
            return "Stable Diffusion XL";
        }
        Config unet = folder.config("unet");
        int width = unet.has("cross_attention_dim")
                        && unet.json().get("cross_attention_dim").isIntegralNumber()
                ? unet.integer("cross_attention_dim")
                : 0;
        return switch (width) {
            case WIDTH_1 -> "Stable Diffusion 1.x";
            case WIDTH_2 -> "Stable Diffusion 2.x";
            default ->
                "latent diffusion, built like Stable Diffusion "
                        + (unet.flag("use_linear_projection", false) ? "2" : "1") + ".x, text width " + width;
        };
    }
}
