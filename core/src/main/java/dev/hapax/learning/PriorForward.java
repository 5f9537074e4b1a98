package dev.hapax.learning;

import dev.hapax.prior.ImagePrior;
import dev.hapax.prior.TextCondition;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import dev.hapax.text.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a prior draw image embeddings for prompts that hold the words (Richardson et al. 2023, figure 3); no picture is
 * needed. Text encoder and prior are frozen. Padding is not encoded: the text encoder is causal, so what comes before does
 * not see it.
 *
 * @param tokenizer of the text encoder
 * @param encoder the text tower that the prior reads
 * @param prior draws
 * @param batch prompts of one step, at least 1
 * @param rng the run's randomness
 */
public record PriorForward(Tokenizer tokenizer, ClipTextEncoder encoder, ImagePrior prior, int batch, Rng rng)
        implements Forward<PriorPass> {

    /** Checks the batch. */
    public PriorForward {
        if (batch < 1) {
            throw new IllegalArgumentException("the batch must be at least 1, got " + batch);
        }
    }

    @Override
    public Tensor initial(Word word) {
        return word.initial(tokenizer, encoder);
    }

    @Override
    public void check(Method<PriorPass> method) {
        Lexicon words = Lexicon.empty();
        for (Word word : method.words()) {
            tokenizer.requireNew(word.token());
            words = words.with(word.token(), initial(word));
        }
        for (String prompt : method.prompts().all(Example.none())) {
            TokenIds tokens = tokenizer.encode(prompt, words);
            method.words().forEach(word -> WordPositions.of(tokens, word.token()));
        }
    }

    @Override
    public PriorPass pass(Method<PriorPass> method, Learned learned, long step) {
        Example none = Example.none();
        List<String> prompts = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            prompts.add(method.prompts().prompt(none, rng, step, i));
        }
        return new PriorPass(step, prompts, draw(prompts, learned.words(), step));
    }

    /**
     * What the prior draws for prompts, (b, width), fp32.
     *
     * @param words that the prompts may hold
     * @param step tells one draw from another
     */
    public Tensor draw(List<String> prompts, Lexicon words, long step) {
        return prior.draw(read(prompts, words), rng, step).to(DType.FLOAT32);
    }

    /** What the prior reads of prompts. */
    public TextCondition read(List<String> prompts, Lexicon words) {
        List<TokenIds> tokens =
                prompts.stream().map(prompt -> tokenizer.encode(prompt, words)).toList();
        int longest = tokens.stream().mapToInt(TokenIds::length).max().orElseThrow();
        List<TokenIds> cut = tokens.stream().map(each -> each.cut(longest)).toList();
        return TextCondition.of(encoder.encode(cut, words), cut);
    }
}
