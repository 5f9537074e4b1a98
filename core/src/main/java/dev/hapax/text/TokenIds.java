package dev.hapax.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tokenised prompt.
 *
 * @param prompt the text
 * @param ids begin token, the text's tokens, end token, padding; always the tokenizer's length
 * @param length how many ids come before the padding: the text's tokens and the two that frame them
 * @param spans for each of the {@code length} tokens, the characters of the prompt it stands for; empty for the frame
 * @param whole how many characters of the prompt have all their tokens: all of them, or fewer where there was no room
 * @param learnedFrom ids from this one on belong to learned words: it is row 0 of the lexicon's table
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, and compared by content below
public record TokenIds(String prompt, long[] ids, int length, List<Span> spans, int whole, int learnedFrom) {

    /**
     * Characters of a prompt, as {@link String#substring(int, int)} takes them.
     *
     * @param start the first character
     * @param end one after the last
     */
    public record Span(int start, int end) {}

    /** Checks that the numbers fit each other. */
    public TokenIds {
        ids = ids.clone();
        spans = List.copyOf(spans);
        if (length > ids.length || spans.size() != length) {
            throw new IllegalArgumentException(
                    "length " + length + " does not fit " + ids.length + " ids and " + spans.size() + " spans");
        }
    }

    @Override
    public long[] ids() {
        return ids.clone();
    }

    /**
     * The same with less padding.
     *
     * @param count of ids, at least {@link #length()}
     */
    public TokenIds cut(int count) {
        return new TokenIds(prompt, Arrays.copyOf(ids, count), length, spans, whole, learnedFrom);
    }

    /** Whether the prompt was longer than there was room, so that its end is missing. */
    public boolean truncated() {
        return whole < prompt.length();
    }

    /** The positions of the tokens that stand for any character between {@code start} and {@code end}. */
    public List<Integer> positions(int start, int end) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            if (spans.get(i).start() < end && start < spans.get(i).end()) {
                positions.add(i);
            }
        }
        return positions;
    }

    /**
     * The positions of the tokens of the first occurrence of {@code phrase}; empty if it is not there or was cut off, all
     * of it or a part.
     */
    public List<Integer> positions(String phrase) {
        int start = prompt.indexOf(phrase);
        return start < 0 || phrase.isEmpty() ? List.of() : wholly(start, start + phrase.length());
    }

    private List<Integer> wholly(int start, int end) {
        return end > whole ? List.of() : positions(start, end);
    }

    /**
     * The positions of the tokens of a word's first occurrence as a word, not as a part of another one: {@code cat} is
     * not in {@code category}. Empty if it is not there or was cut off, all of it or a part.
     */
    public List<Integer> wordPositions(String word) {
        Matcher matcher = Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(word) + "(?![\\p{L}\\p{N}])")
                .matcher(prompt);
        return matcher.find() ? wholly(matcher.start(), matcher.end()) : List.of();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenIds that
                && prompt.equals(that.prompt)
                && Arrays.equals(ids, that.ids)
                && learnedFrom == that.learnedFrom;
    }

    @Override
    public int hashCode() {
        return 31 * prompt.hashCode() + Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return "\"" + prompt + "\" " + Arrays.toString(Arrays.copyOf(ids, length)) + (truncated() ? " truncated" : "");
    }
}
