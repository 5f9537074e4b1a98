package dev.hapax.text;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;

/**
 * Something to learn: a placeholder in prompts and the vectors behind it.
 *
 * @param token what stands in prompts, for example {@code <a>}
 * @param startsFrom ordinary text whose embedding the vectors start from, for example {@code cat}
 * @param vectors how many token embeddings the word has, at least 1
 */
public record Word(String token, String startsFrom, int vectors) {

    /** Checks that nothing is empty. */
    public Word {
        if (token.isBlank() || startsFrom.isBlank() || vectors < 1) {
            throw new IllegalArgumentException(
                    "a word needs a token, a text to start from and at least one vector, got \"" + token + "\", \""
                            + startsFrom + "\", " + vectors);
        }
    }

    /** A word of one vector. */
    public static Word of(String token, String startsFrom) {
        return new Word(token, startsFrom, 1);
    }

    /**
     * The vectors that it starts from: the embeddings of its text, token by token if it has as many vectors, otherwise
     * their mean for each.
     *
     * @return (vectors, width) in fp32
     */
    public Tensor initial(Tokenizer tokenizer, ClipTextEncoder encoder) {
        TokenIds tokens = tokenizer.encode(startsFrom);
        int n = tokens.length() - 2; // without begin and end
        Tensor ids = Tensor.of(tokens.ids(), tokens.ids().length).narrow(0, 1, n);
        Tensor rows = encoder.embeddings(ids, null).to(DType.FLOAT32); // (n, width)
        return n == vectors ? rows : rows.mean(true, 0).repeat(vectors, 1);
    }
}
