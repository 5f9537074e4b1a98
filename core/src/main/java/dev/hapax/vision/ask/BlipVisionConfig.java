package dev.hapax.vision.ask;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.nn.Activation;

/**
 * The image half in a configuration of BLIP or BLIP-2; defaults are those of transformers, which differ.
 *
 * @param width of a token
 * @param inner width inside the perceptrons
 * @param layers how many
 * @param heads of each attention
 * @param imageSize width and height of a picture, in pixels
 * @param patchSize width and height of a patch, in pixels
 * @param activation of the perceptrons
 * @param epsilon of the normalisations
 * @param qkvBias whether queries, keys and values have a bias
 */
record BlipVisionConfig(
        int width,
        int inner,
        int layers,
        int heads,
        int imageSize,
        int patchSize,
        Activation activation,
        double epsilon,
        boolean qkvBias) {

    /** Reads a {@code vision_config}. */
    static BlipVisionConfig of(Config config) {
        boolean second = isSecond(config);
        return new BlipVisionConfig(
                config.integer("hidden_size", second ? 1408 : 768),
                config.integer("intermediate_size", second ? 6144 : 3072),
                config.integer("num_hidden_layers", second ? 39 : 12),
                config.integer("num_attention_heads", second ? 16 : 12),
                config.integer("image_size", second ? 224 : 384),
                config.integer("patch_size", second ? 14 : 16),
                Activation.named(config.text("hidden_act", "gelu")),
                config.number("layer_norm_eps", second ? 1e-6 : 1e-5),
                !second || config.flag("qkv_bias", true));
    }

    private static boolean isSecond(Config config) {
        String type = config.text("model_type", "blip_2_vision_model");
        return switch (type) {
            case "blip_vision_model" -> false;
            case "blip_2_vision_model" -> true;
            default ->
                throw new CheckpointException(config.origin()
                        + ": \"model_type\" must be blip_vision_model or blip_2_vision_model, got \"" + type + "\"");
        };
    }

    /** Patches along each side of a picture. */
    int side() {
        return imageSize / patchSize;
    }
}
