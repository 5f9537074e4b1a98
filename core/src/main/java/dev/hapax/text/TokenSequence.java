package dev.hapax.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A tokenised text, or a pair of texts.
 *
 * @param tokens in order, with those that frame the text
 */
public record TokenSequence(List<Token> tokens) {

    /**
     * One token.
     *
     * @param id in the vocabulary
     * @param segment 0 for the first text and what frames it, 1 for the second
     * @param frame whether it was put around the text and is not of it
     */
    public record Token(long id, int segment, boolean frame) {}

    /** Keeps a copy of the list. */
    public TokenSequence {
        tokens = List.copyOf(tokens);
    }

    /** The number of tokens. */
    public int length() {
        return tokens.size();
    }

    /** The ids. */
    public long[] ids() {
        return tokens.stream().mapToLong(Token::id).toArray();
    }

    /** For each token the text that it belongs to, 0 or 1. */
    public long[] segments() {
        return tokens.stream().mapToLong(Token::segment).toArray();
    }

    /** Without the last tokens of the text, so that it has no more than {@code most} with its frame. */
    public TokenSequence truncated(int most) {
        int tooMany = Math.max(0, length() - most);
        List<Token> kept = new ArrayList<>(tokens);
        for (int i = length() - 1; i >= 0 && tooMany > 0; i--) {
            if (!tokens.get(i).frame()) {
                kept.remove(i);
                tooMany--;
            }
        }
        return new TokenSequence(kept);
    }
}
