package dev.hapax.prior;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.nn.Activation;
import java.util.List;
import java.util.Set;

/**
 * The architecture in a {@code PriorTransformer} configuration; defaults are those of diffusers.
 *
 * @param embeddingWidth of the noisy image embedding and the text states ({@code embedding_dim})
 * @param tokens text states per prompt ({@code num_embeddings})
 * @param addedTokens positions after them ({@code additional_embeddings})
 * @param timeWidth inside the time embedding
 * @param projectedWidth of the pooled text embedding ({@code embedding_proj_dim})
 * @param outWidth of the predicted image embedding ({@code clip_embed_dim})
 * @param normIn whether the sequence is normalised before the first block ({@code norm_in_type})
 * @param normProjected whether the pooled text embedding is normalised ({@code embedding_proj_norm_type})
 * @param projectsTextStates whether the text states go through a linear layer ({@code encoder_hid_proj_type})
 * @param readsLastToken whether a learned last token carries the result ({@code added_emb_type: prd})
 */
record PriorConfig(
        int heads,
        int headWidth,
        int layers,
        int embeddingWidth,
        int tokens,
        int addedTokens,
        int timeWidth,
        int projectedWidth,
        int outWidth,
        Activation timeActivation,
        boolean normIn,
        boolean normProjected,
        boolean projectsTextStates,
        boolean readsLastToken) {

    /** The epsilon of every layer normalisation (PyTorch's default, which diffusers keeps here). */
    static final double NORM_EPSILON = 1e-5;

    /** Pooled text embedding, noisy embedding and last token. */
    private static final int POSITIONS_WITHOUT_TIME = 3;

    /** What the configuration may say; dropout is for training the prior itself. */
    private static final Set<String> KEYS = Set.of(
            "added_emb_type",
            "additional_embeddings",
            "attention_head_dim",
            "clip_embed_dim",
            "dropout",
            "embedding_dim",
            "embedding_proj_dim",
            "embedding_proj_norm_type",
            "encoder_hid_proj_type",
            "norm_in_type",
            "num_attention_heads",
            "num_embeddings",
            "num_layers",
            "time_embed_act_fn",
            "time_embed_dim");

    PriorConfig {
        for (int size : List.of(heads, headWidth, layers, embeddingWidth, timeWidth, projectedWidth, outWidth)) {
            if (size < 1) {
                throw new IllegalArgumentException("a prior's heads, layers and widths must be positive, got " + size);
            }
        }
        if (tokens < 0 || addedTokens < 0) {
            throw new IllegalArgumentException("num_embeddings and additional_embeddings must not be negative, got "
                    + tokens + " and " + addedTokens);
        }
    }

    /**
     * Reads and checks a configuration.
     *
     * @throws CheckpointException if it asks for something that this prior does not have
     */
    static PriorConfig of(Config config) {
        config.rejectUnknown(KEYS);
        int heads = config.integer("num_attention_heads", 32);
        int headWidth = config.integer("attention_head_dim", 64);
        int embeddingWidth = config.integer("embedding_dim", 768);
        try {
            return new PriorConfig(
                    heads,
                    headWidth,
                    config.integer("num_layers", 20),
                    embeddingWidth,
                    config.integer("num_embeddings", 77),
                    config.integer("additional_embeddings", 4),
                    config.integer("time_embed_dim", heads * headWidth),
                    config.integer("embedding_proj_dim", embeddingWidth),
                    config.integer("clip_embed_dim", embeddingWidth),
                    Activation.named(config.text("time_embed_act_fn", "silu")),
                    chosen(config, "norm_in_type", "layer", false),
                    chosen(config, "embedding_proj_norm_type", "layer", false),
                    chosen(config, "encoder_hid_proj_type", "linear", true),
                    chosen(config, "added_emb_type", "prd", true));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(config.origin() + ": " + e.getMessage(), e);
        }
    }

    /** The width of the transformer. */
    int width() {
        return heads * headWidth;
    }

    /**
     * Whether the sequence has a timestep. ECLIPSE's prior, which predicts in one step, has none: three positions after the
     * text states in place of four (Patel et al. 2023).
     */
    boolean readsTime() {
        return !(readsLastToken && addedTokens == POSITIONS_WITHOUT_TIME);
    }

    /** The length of the sequence that positions are learned for. */
    int positions() {
        return tokens + addedTokens;
    }

    /** Whether a feature that exists in one kind only is on: absent is diffusers' default, null is off. */
    private static boolean chosen(Config config, String key, String kind, boolean byDefault) {
        if (!config.json().has(key)) {
            return byDefault;
        }
        if (!config.has(key)) {
            return false;
        }
        if (!config.text(key).equals(kind)) {
            throw new CheckpointException(config.origin() + ": \"" + key + "\" is \"" + config.text(key)
                    + "\"; supported: \"" + kind + "\" or null");
        }
        return true;
    }
}
