package dev.hapax.text;

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
}
