package dev.hapax.run;

import dev.hapax.diffusion.DualPromptEncoder;
import dev.hapax.diffusion.PromptEncoder;
import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.layout.NounTable;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.text.Lexicon;
import java.util.List;
import java.util.function.Function;

/**
 * What goes into a model's first text encoder for a word: of a learned one the mean of its vectors, of others the mean of
 * their tokens.
 *
 * @param model with the text encoder
 * @param words the learned words
 */
public record RawVectors(StableDiffusion model, Lexicon words) implements Function<String, float[]> {

    @Override
    public float[] apply(String word) {
        if (words.words().contains(word)) {
            try (Gradients.Region frozen = Gradients.off();
                    Scope scope = Scope.open()) {
                return words.rows(word)
                        .detach()
                        .to(DType.FLOAT32)
                        .mean(false, 0)
                        .toFloats(); // (width)
            }
        }
        PromptEncoder text = model.text();
        if (text instanceof DualPromptEncoder dual) {
            return NounTable.raw(word, dual.tokenizer(), dual.encoder());
        }
        SinglePromptEncoder single = (SinglePromptEncoder) text;
        return NounTable.raw(word, single.tokenizer(), single.encoder());
    }

    /** The width of such a vector. */
    long width() {
        PromptEncoder text = model.text();
        return text instanceof DualPromptEncoder dual
                ? dual.encoder().width()
                : ((SinglePromptEncoder) text).encoder().width();
    }

    /** These nouns in a model's first text encoder. */
    public static NounTable table(StableDiffusion model, List<String> nouns) {
        PromptEncoder text = model.text();
        if (text instanceof DualPromptEncoder dual) {
            return NounTable.of(nouns, dual.tokenizer(), dual.encoder());
        }
        SinglePromptEncoder single = (SinglePromptEncoder) text;
        return NounTable.of(nouns, single.tokenizer(), single.encoder());
    }
}
