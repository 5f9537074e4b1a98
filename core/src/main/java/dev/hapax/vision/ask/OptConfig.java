package dev.hapax.vision.ask;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.nn.Activation;

/**
 * A configuration of OPT; defaults are those of transformers.
 *
 * @param vocabulary how many tokens there are
 * @param width of a token
 * @param wordWidth of a token's embedding
 * @param inner width inside the perceptrons
 * @param layers how many
 * @param heads of each attention
 * @param positions the most tokens
 * @param activation of the perceptrons
 * @param normFirst whether each half is normalised before and not after it
 * @param lastNorm whether the end of the stack is normalised
 * @param bias whether linear layers have one
 */
record OptConfig(
        int vocabulary,
        int width,
        int wordWidth,
        int inner,
        int layers,
        int heads,
        int positions,
        Activation activation,
        boolean normFirst,
        boolean lastNorm,
        boolean bias) {
    /** PyTorch's default, which transformers leaves. */
    static final double EPSILON = 1e-5;

    static OptConfig of(Config config) {
        if (!config.flag("layer_norm_elementwise_affine", true)) {
            throw new CheckpointException(config.origin()
                    + ": \"layer_norm_elementwise_affine\" is false; only OPT with scaled norms is supported");
        }
        int width = config.integer("hidden_size", 768);
        boolean normFirst = config.flag("do_layer_norm_before", true);
        try {
            return new OptConfig(
                    config.integer("vocab_size", 50272),
                    width,
                    config.integer("word_embed_proj_dim", width),
                    config.integer("ffn_dim", 3072),
                    config.integer("num_hidden_layers", 12),
                    config.integer("num_attention_heads", 12),
                    config.integer("max_position_embeddings", 2048),
                    Activation.named(config.text("activation_function", "relu")),
                    normFirst,
                    normFirst && !config.flag("_remove_final_layer_norm", false),
                    config.flag("enable_bias", true));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(config.origin() + ": " + e.getMessage(), e);
        }
    }
}
