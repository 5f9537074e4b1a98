package dev.hapax.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes learned words out of a prompt. */
final class Placeholders {
    private Placeholders() {}

    /**
     * A stretch of a prompt.
     *
     * @param text the characters
     * @param start where they begin in the prompt
     * @param word whether this is a learned word
     */
    record Piece(String text, int start, boolean word) {}

    /** The prompt in pieces, in order; the longest word wins. */
    static List<Piece> split(String prompt, Set<String> words) {
        List<Piece> pieces = new ArrayList<>();
        int done = 0;
        for (int i = 0; i < prompt.length(); ) {
            int at = i;
            Optional<String> word = words.stream()
                    .filter(candidate -> standsAt(prompt, at, candidate))
                    .max(Comparator.comparingInt(String::length));
            if (word.isEmpty()) {
                i++;
                continue;
            }
            if (done < i) {
                pieces.add(new Piece(prompt.substring(done, i), done, false));
            }
            pieces.add(new Piece(word.get(), i, true));
            i += word.get().length();
            done = i;
        }
        if (done < prompt.length()) {
            pieces.add(new Piece(prompt.substring(done), done, false));
        }
        return pieces;
    }

    private static boolean standsAt(String prompt, int at, String word) {
        int end = at + word.length();
        return prompt.startsWith(word, at)
                && !(at > 0 && joins(prompt.codePointBefore(at), word.codePointAt(0)))
                && !(end < prompt.length() && joins(word.codePointBefore(word.length()), prompt.codePointAt(end)));
    }

    private static boolean joins(int left, int right) {
        return Character.isLetterOrDigit(left) && Character.isLetterOrDigit(right);
    }
}
