package dev.hapax.method.matte;

import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import java.util.List;
import java.util.Map;

/**
 * What stands for a word where words are compared.
 *
 * @param space which of its vectors
 */
record Representation(MatteSettings.Space space, Tokenizer tokenizer, ClipTextEncoder encoder) {
    private static final double EPSILON = 1e-8;

    /** A learned word: (width), differentiable. */
    Tensor of(Lexicon words, String token) {
        return switch (space) {
            case TOKEN -> words.rows(token).mean(false, 0);
            case TEXT_FEATURE -> pooled(tokenizer.encode(token, words), words);
        };
    }

    /** Ordinary text: (width). */
    Tensor of(String text) {
        TokenIds ids = tokenizer.encode(text);
        return switch (space) {
            case TOKEN ->
                encoder.embeddings(
                                Tensor.of(ids.ids(), ids.ids().length)
                                        .narrow(0, 1, ids.length() - 2)
                                        .to(encoder.tokenTable().device()),
                                null)
                        .mean(false, 0);
            case TEXT_FEATURE -> pooled(ids, Lexicon.empty());
        };
    }

    /** The weighted mean of ordinary words: (width). */
    Tensor of(Map<String, Double> weights) {
        double all = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        Tensor sum = Tensor.scalar(0);
        for (Map.Entry<String, Double> word : weights.entrySet()) {
            sum = of(word.getKey()).times(word.getValue() / all).plus(sum);
        }
        return sum;
    }

    private Tensor pooled(TokenIds ids, Lexicon words) {
        Tensor feature = encoder.encode(List.of(ids), words).pooled().squeeze(0);
        return feature.over(feature.square().sum().sqrt().plus(EPSILON));
    }
}
