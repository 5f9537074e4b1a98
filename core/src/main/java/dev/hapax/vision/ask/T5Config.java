package dev.hapax.vision.ask;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.nn.Activation;

/**
 * A configuration of T5; defaults are those of transformers.
 *
 * @param vocabulary how many tokens there are
 * @param width of a token
 * @param headWidth of one head
 * @param heads of each attention
 * @param inner width inside the perceptrons
 * @param encoderLayers how many
 * @param decoderLayers how many
 * @param buckets into which distances are sorted
 * @param maxDistance from here on all distances are alike
 * @param activation of the perceptrons
 * @param gated whether the perceptrons multiply by a second projection
 * @param epsilon of the normalisations
 * @param tied whether the words are also the output
 * @param start id that every answer begins with
 */
record T5Config(
        int vocabulary,
        int width,
        int headWidth,
        int heads,
        int inner,
        int encoderLayers,
        int decoderLayers,
        int buckets,
        int maxDistance,
        Activation activation,
        boolean gated,
        double epsilon,
        boolean tied,
        long start) {

    static T5Config of(Config config) {
        int layers = config.integer("num_layers", 6);
        String perceptron = config.text("feed_forward_proj", "relu"); // "relu", "gated-gelu", ...
        boolean gated = perceptron.startsWith("gated-");
        String function = gated ? perceptron.substring("gated-".length()) : perceptron;
        try {
            return new T5Config(
                    config.integer("vocab_size", 32128),
                    config.integer("d_model", 512),
                    config.integer("d_kv", 64),
                    config.integer("num_heads", 8),
                    config.integer("d_ff", 2048),
                    layers,
                    config.integer("num_decoder_layers", layers),
                    config.integer("relative_attention_num_buckets", 32),
                    config.integer("relative_attention_max_distance", 128),
                    // transformers: this one name stands for the approximated GELU
                    Activation.named(perceptron.equals("gated-gelu") ? "gelu_new" : function),
                    gated,
                    config.number("layer_norm_epsilon", 1e-6),
                    config.flag("tie_word_embeddings", true),
                    config.integer("decoder_start_token_id", config.integer("pad_token_id", 0)));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(config.origin() + ": " + e.getMessage(), e);
        }
    }
}
