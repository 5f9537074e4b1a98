package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.AttentionMask;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/**
 * T5 (Raffel et al. 2020), also instructed (FLAN, Chung et al. 2022): one half reads, the other writes. With the
 * parameters of transformers' {@code T5ForConditionalGeneration}. Dropout is not applied. Not for fp16: its states
 * outgrow that type.
 */
public final class T5 implements LanguageModel {
    private final T5Config config;
    private final Tensor words;
    private final T5Stack encoder;
    private final T5Stack decoder;
    private final Linear vocabulary;

    private T5(T5Config config, Weights weights) {
        this.config = config;
        long[] shape = {config.vocabulary(), config.width()};
        // one table under three names, of which a file carries some
        List<String> names = Stream.of("shared.weight", "encoder.embed_tokens.weight", "decoder.embed_tokens.weight")
                .filter(weights::has)
                .toList();
        words = weights.get(names.isEmpty() ? "shared.weight" : names.get(0), shape);
        names.forEach(copy -> weights.get(copy, shape));
        encoder = T5Stack.of(config, false, weights.at("encoder"));
        decoder = T5Stack.of(config, true, weights.at("decoder"));
        boolean own = weights.has("lm_head.weight") || !config.tied();
        vocabulary = new Linear(own ? weights.get("lm_head.weight", shape) : words, null);
    }

    /**
     * A model of this configuration.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if a parameter is missing or has another shape
     */
    public static T5 of(Config config, Weights weights) {
        return new T5(T5Config.of(config), weights);
    }

    @Override
    public Tensor embed(Tensor ids) {
        return Functional.embedding(words, ids);
    }

    /** Its positions are relative: there is no limit. */
    @Override
    public int maxTokens() {
        return Integer.MAX_VALUE;
    }

    /** What it reads: (b, n, width) to states of the same shape; mask (b, n), 1 for a token and 0 for padding. */
    public Tensor read(Tensor prompt, Tensor mask) {
        try (KeyValueCache cache = new KeyValueCache()) {
            return encoder.apply(prompt, AttentionMask.padding(mask, prompt), null, null, cache);
        }
    }

    /**
     * Logits of the token after each of these.
     *
     * @param ids int64 (b, tokens), beginning with the start token
     * @param read states from {@link #read}
     * @param mask of the prompt, (b, n)
     * @return (b, tokens, vocabulary)
     */
    public Tensor logits(Tensor ids, Tensor read, Tensor mask) {
        try (KeyValueCache cache = new KeyValueCache()) {
            return logits(ids, read, mask, cache);
        }
    }

    private Tensor logits(Tensor ids, Tensor read, Tensor mask, KeyValueCache cache) {
        long tokens = ids.size(1);
        Tensor causal = AttentionMask.causal(tokens, cache.tokens() + tokens, null, read);
        Tensor states = decoder.apply(embed(ids), causal, read, AttentionMask.padding(mask, read), cache);
        // tied words are of unit scale, and the output must be of that of a fan-in
        return vocabulary.apply(config.tied() ? states.times(1 / Math.sqrt(config.width())) : states);
    }

    @Override
    public List<Written> write(Tensor prompt, Tensor mask, GreedyDecoding decoding) {
        Tensor read = read(prompt, mask);
        try (KeyValueCache cache = new KeyValueCache()) {
            Tensor start = Tensor.of(new long[] {config.start()}, 1, 1).expand(prompt.size(0), 1);
            return decoding.write(
                    logits(start, read, mask, cache).select(1, 0),
                    ids -> logits(ids, read, mask, cache).select(1, 0));
        }
    }
}
