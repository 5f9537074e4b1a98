package dev.hapax.learning;

import dev.hapax.text.TokenIds;

/** Finds words, not parts of words, among the tokens of a prompt. */
public final class WordPositions {
    private WordPositions() {}

    /** Whether the prompt holds the word and none of its tokens was cut off. */
    public static boolean holds(TokenIds prompt, String word) {
        return find(prompt, word).length > 0;
    }

    /**
     * The positions of the tokens of the word's first occurrence.
     *
     * @throws IllegalArgumentException if the prompt does not hold it, or was cut off before it
     */
    public static int[] of(TokenIds prompt, String word) {
        int[] positions = find(prompt, word);
        if (positions.length == 0) {
            throw new IllegalArgumentException("the prompt \"" + prompt.prompt() + "\" does not hold " + word
                    + (prompt.truncated() ? " within the text encoder's length" : "") + "; every prompt must");
        }
        return positions;
    }

    private static int[] find(TokenIds prompt, String word) {
        return prompt.wordPositions(word).stream().mapToInt(Integer::intValue).toArray();
    }
}
