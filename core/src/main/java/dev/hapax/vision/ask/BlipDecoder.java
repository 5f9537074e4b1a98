package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Activation;
import dev.hapax.nn.AttentionMask;
import dev.hapax.nn.LayerNorm;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The half of BLIP that writes the answer (Li et al. 2022, figure 5), as transformers saves it under {@code
 * BlipTextLMHeadModel}.
 *
 * @param text each token sees those before it
 * @param transform before the vocabulary
 * @param activation after {@code transform}
 * @param norm after the activation
 * @param vocabulary to logits
 */
record BlipDecoder(BlipText text, Linear transform, Activation activation, LayerNorm norm, Linear vocabulary) {

    static BlipDecoder of(BlipTextConfig config, Weights weights) {
        int width = config.width();
        BlipText text = BlipText.of(config, width, weights.at("bert"));
        Weights head = weights.at("cls.predictions");
        // tied to the words, and the bias to the one beside it; files may carry either or both
        Tensor words =
                head.has("decoder.weight") ? head.get("decoder.weight", config.vocabulary(), width) : text.words();
        Tensor bias = head.get(head.has("bias") ? "bias" : "decoder.bias", config.vocabulary());
        if (head.has("bias") && head.has("decoder.bias")) {
            head.get("decoder.bias", config.vocabulary()); // the same numbers again
        }
        return new BlipDecoder(
                text,
                Linear.of(head.at("transform.dense"), width, width),
                config.activation(),
                LayerNorm.of(head.at("transform.LayerNorm"), width, config.epsilon()),
                new Linear(words, bias));
    }

    /**
     * Logits of the token after each of these, which follow those of the cache.
     *
     * @param ids int64 (b, tokens)
     * @param padding over all tokens so far, 1 for a token and 0 for padding; null if there is none
     * @param question states of the question, (b, n, width)
     * @param questionMask (b, n), 1 for a token and 0 for padding; null to see all
     * @return (b, tokens, vocabulary)
     */
    Tensor logits(
            Tensor ids, @Nullable Tensor padding, Tensor question, @Nullable Tensor questionMask, KeyValueCache cache) {
        long tokens = ids.size(1);
        Tensor mask = AttentionMask.causal(tokens, cache.tokens() + tokens, padding, question);
        Tensor seen = questionMask == null ? null : AttentionMask.padding(questionMask, question);
        Tensor states = text.apply(ids, mask, question, seen, cache);
        return vocabulary.apply(norm.apply(activation.apply(transform.apply(states))));
    }
}
