package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Config;
import dev.hapax.nn.Activation;

/**
 * The text halves in a configuration of BLIP; defaults are those of transformers.
 *
 * @param width of a token
 * @param imageWidth of what the question looks at
 * @param inner width inside the perceptrons
 * @param layers how many
 * @param heads of each attention
 * @param vocabulary how many tokens there are
 * @param positions the most tokens of a text
 * @param activation of the perceptrons
 * @param epsilon of the normalisations
 * @param begin id that every answer begins with; the next one begins every question
 * @param end id that ends an answer
 * @param padding id
 */
record BlipTextConfig(
        int width,
        int imageWidth,
        int inner,
        int layers,
        int heads,
        int vocabulary,
        int positions,
        Activation activation,
        double epsilon,
        long begin,
        long end,
        long padding) {

    /** Reads a {@code text_config} that stands beside an image half of this width. */
    static BlipTextConfig of(Config config, int imageWidth) {
        return new BlipTextConfig(
                config.integer("hidden_size", 768),
                imageWidth,
                config.integer("intermediate_size", 3072),
                config.integer("num_hidden_layers", 12),
                config.integer("num_attention_heads", 8),
                config.integer("vocab_size", 30524),
                config.integer("max_position_embeddings", 512),
                Activation.named(config.text("hidden_act", "gelu")),
                config.number("layer_norm_eps", 1e-12),
                config.integer("bos_token_id", 30522),
                config.integer("sep_token_id", 102),
                config.integer("pad_token_id", 0));
    }
}
