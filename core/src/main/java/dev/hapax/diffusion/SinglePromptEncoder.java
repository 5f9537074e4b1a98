package dev.hapax.diffusion;

import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import java.util.List;

/** One CLIP text encoder, whose last states the U-Net reads: Stable Diffusion 1.x and 2.x. */
public record SinglePromptEncoder(Tokenizer tokenizer, ClipTextEncoder encoder) implements PromptEncoder {
    @Override
    public int encoders() {
        return 1;
    }

    @Override
    public Condition encode(String prompt, List<Lexicon> words, ImageSize size) {
        Lexicon lexicon = PromptEncoder.perEncoder(1, words).get(0);
        return Condition.of(encoder.encode(List.of(tokenizer.encode(prompt, lexicon)), lexicon)
                .last()); // (1, tokens, width)
    }

    @Override
    public Condition encodeNegative(String prompt, List<Lexicon> words, ImageSize size) {
        return encode(prompt, words, size);
    }

    @Override
    public TokenIds tokens(String prompt, List<Lexicon> words) {
        return tokenizer.encode(prompt, PromptEncoder.perEncoder(1, words).get(0));
    }
}
