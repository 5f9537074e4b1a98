package dev.hapax.diffusion;

import dev.hapax.text.Lexicon;
import dev.hapax.text.Site;
import dev.hapax.text.TokenIds;
import java.util.Collections;
import java.util.List;

/** From a prompt to what a U-Net reads: the tokenizers and text encoders of one model. */
public sealed interface PromptEncoder permits SinglePromptEncoder, DualPromptEncoder {
    /** How many text encoders there are; learned words have vectors for each. */
    int encoders();

    /**
     * Encodes a prompt.
     *
     * @param words learned words for each of the {@link #encoders()}, or an empty list; alike at all sites
     * @param size of the image to be drawn; SDXL is told
     */
    Condition encode(String prompt, List<Lexicon> words, ImageSize size);

    /**
     * Encodes what was tokenised for a site.
     *
     * @param tokens of each encoder, from {@link #tokens(String, List, Site)}
     * @param words as they were tokenised with
     */
    Condition encode(List<TokenIds> tokens, List<Lexicon> words, ImageSize size);

    /** Encodes what the image shall not be; an empty prompt stands for none. */
    Condition encodeNegative(String prompt, List<Lexicon> words, ImageSize size);

    /** A prompt's tokens for each encoder, with those vectors of words that are read at a site. */
    List<TokenIds> tokens(String prompt, List<Lexicon> words, Site site);

    /** A prompt's tokens as the first encoder reads them: where its words are, and whether it was too long. */
    default TokenIds tokens(String prompt, List<Lexicon> words) {
        return tokens(prompt, words, new Site(0, 0)).get(0); // places and length are the same at all sites
    }

    /** The lexicon of each encoder; no words at all fit every model. */
    static List<Lexicon> perEncoder(int encoders, List<Lexicon> words) {
        if (words.isEmpty()) {
            return Collections.nCopies(encoders, Lexicon.empty());
        }
        if (words.size() != encoders) {
            throw new IllegalArgumentException("this model has " + encoders + " text encoder(s), but learned words are"
                    + " given for " + words.size() + "; give one lexicon for each");
        }
        return words;
    }
}
