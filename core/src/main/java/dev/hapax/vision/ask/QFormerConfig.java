package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Config;
import dev.hapax.nn.Activation;

/**
 * The Q-Former in a configuration of BLIP-2; defaults are those of transformers.
 *
 * @param width of a query
 * @param imageWidth of what the queries look at
 * @param inner width inside the perceptrons
 * @param layers how many
 * @param heads of each attention
 * @param frequency every so many layers, from the first, look at the picture
 * @param activation of the perceptrons
 * @param epsilon of the normalisations
 */
record QFormerConfig(
        int width,
        int imageWidth,
        int inner,
        int layers,
        int heads,
        int frequency,
        Activation activation,
        double epsilon) {

    /** Checks the frequency. */
    QFormerConfig {
        if (frequency < 1) {
            throw new IllegalArgumentException("cross_attention_frequency must be at least 1, got " + frequency);
        }
    }

    /** Reads a {@code qformer_config}. */
    static QFormerConfig of(Config config) {
        return new QFormerConfig(
                config.integer("hidden_size", 768),
                config.integer("encoder_hidden_size", 1408),
                config.integer("intermediate_size", 3072),
                config.integer("num_hidden_layers", 12),
                config.integer("num_attention_heads", 12),
                config.integer("cross_attention_frequency", 2),
                Activation.named(config.text("hidden_act", "gelu")),
                config.number("layer_norm_eps", 1e-12));
    }
}
