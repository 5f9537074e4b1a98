package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.AttentionMask;
import dev.hapax.nn.LayerNorm;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OPT (Zhang et al. 2022): it goes on writing where a prompt ends. With the parameters of transformers' {@code
 * OPTForCausalLM}. Dropout is not applied.
 */
public final class Opt implements LanguageModel {
    private static final int FIRST_POSITION = 2; // transformers: the table has two rows before that of the first token

    private final OptConfig config;
    private final Tensor words;
    private final Tensor positions;
    private final @Nullable Linear in;
    private final List<OptLayer> layers = new ArrayList<>();
    private final @Nullable LayerNorm norm;
    private final @Nullable Linear out;
    private final Linear vocabulary;

    private Opt(OptConfig config, Weights weights) {
        this.config = config;
        Weights model = weights.at("model.decoder");
        int width = config.width();
        int wordWidth = config.wordWidth();
        words = model.get("embed_tokens.weight", config.vocabulary(), wordWidth);
        positions = model.get("embed_positions.weight", (long) config.positions() + FIRST_POSITION, width);
        boolean projected = wordWidth != width;
        in = projected ? Linear.withoutBias(model.at("project_in"), wordWidth, width) : null;
        for (int i = 0; i < config.layers(); i++) {
            layers.add(OptLayer.of(config, model.at("layers").at(i)));
        }
        norm = config.lastNorm() ? LayerNorm.of(model.at("final_layer_norm"), width, OptConfig.EPSILON) : null;
        out = projected ? Linear.withoutBias(model.at("project_out"), width, wordWidth) : null;
        boolean own = weights.has("lm_head.weight"); // else tied to the words
        vocabulary = new Linear(own ? weights.get("lm_head.weight", config.vocabulary(), wordWidth) : words, null);
    }

    /**
     * A model of this configuration.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if a parameter is missing or has another shape
     */
    public static Opt of(Config config, Weights weights) {
        return new Opt(OptConfig.of(config), weights);
    }

    @Override
    public Tensor embed(Tensor ids) {
        return Functional.embedding(words, ids);
    }

    @Override
    public int maxTokens() {
        return config.positions();
    }

    /**
     * Logits of the token after each token of a prompt.
     *
     * @param prompt (b, tokens, width)
     * @param mask (b, tokens), 1 for a token and 0 for padding, which may stand before or behind
     * @return (b, tokens, vocabulary); those at padding mean nothing
     */
    public Tensor logits(Tensor prompt, Tensor mask) {
        try (KeyValueCache cache = new KeyValueCache()) {
            return logits(prompt, mask, cache);
        }
    }

    /** The same for tokens that follow those of the cache; the mask is over all of them. */
    private Tensor logits(Tensor embedded, Tensor mask, KeyValueCache cache) {
        long tokens = embedded.size(1);
        long all = cache.tokens() + tokens;
        if (all > config.positions()) {
            throw new IllegalArgumentException("prompt and answer of " + all + " tokens are too long for a model of "
                    + config.positions() + "; shorten the prompt");
        }
        Tensor x =
                (in == null ? embedded : in.apply(embedded)).plus(places(mask).narrow(1, all - tokens, tokens));
        Tensor allowed = AttentionMask.causal(tokens, all, mask, x);
        for (int i = 0; i < layers.size(); i++) {
            x = layers.get(i).apply(x, allowed, cache, i);
        }
        x = norm == null ? x : norm.apply(x);
        return vocabulary.apply(out == null ? x : out.apply(x));
    }

    /** Tokens are counted without padding: (b, tokens) to (b, tokens, width). */
    private Tensor places(Tensor mask) {
        Tensor counted = mask.to(DType.INT64);
        Tensor place =
                counted.cumsum(1).times(counted).plus(FIRST_POSITION - 1.0).to(DType.INT64);
        return Functional.embedding(positions, place);
    }

    @Override
    public List<Written> write(Tensor prompt, Tensor mask, GreedyDecoding decoding) {
        try (KeyValueCache cache = new KeyValueCache()) {
            Tensor first = logits(prompt, mask, cache);
            return decoding.write(first.select(1, first.size(1) - 1), ids -> {
                long written = cache.tokens() + 1 - mask.size(1);
                Tensor more = Tensor.ones(mask.dtype(), mask.size(0), written);
                return logits(embed(ids), Tensor.cat(List.of(mask, more), 1), cache)
                        .select(1, 0);
            });
        }
    }
}
