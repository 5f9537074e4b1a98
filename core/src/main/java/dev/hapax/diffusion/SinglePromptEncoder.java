package dev.hapax.diffusion;

import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Site;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import java.util.List;

/** One CLIP text encoder, whose last states the U-Net reads: Stable Diffusion 1.x and 2.x. */
public record SinglePromptEncoder(Tokenizer tokenizer, ClipTextEncoder encoder) implements PromptEncoder {
    /**
     * The encoder of a model, to learn words for it.
     *
     * @throws IllegalArgumentException if it has several
     */
    public static SinglePromptEncoder of(StableDiffusion model) {
        if (model.text() instanceof SinglePromptEncoder single) {
            return single;
        }
        throw new IllegalArgumentException("words are learned for models with one text encoder so far, " + model.name()
                + " has " + model.text().encoders());
    }

    @Override
    public int encoders() {
        return 1;
    }

    @Override
    public Condition encode(String prompt, List<Lexicon> words, ImageSize size) {
        Lexicon lexicon = PromptEncoder.perEncoder(1, words).get(0);
        return encode(List.of(tokenizer.encode(prompt, lexicon)), words, size);
    }

    @Override
    public Condition encode(List<TokenIds> tokens, List<Lexicon> words, ImageSize size) {
        return Condition.of(
                encoder.encode(tokens, PromptEncoder.perEncoder(1, words).get(0))
                        .last()); // (1, tokens, width)
    }

    @Override
    public Condition encodeNegative(String prompt, List<Lexicon> words, ImageSize size) {
        return encode(prompt, words, size);
    }

    @Override
    public List<TokenIds> tokens(String prompt, List<Lexicon> words, Site site) {
        return List.of(
                tokenizer.encode(prompt, PromptEncoder.perEncoder(1, words).get(0), site));
    }
}
