package dev.hapax.evaluation.protocol;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A sentence as MCPL-all knows it, which learns a word for each ordinary word as well. */
public final class LearnedSentence {
    private LearnedSentence() {}

    /**
     * The sentence with the learned word wherever there is one for an ordinary word: {@code <w>}, or {@code <w->} where a
     * placeholder is called so already.
     *
     * @param learned all learned words
     * @param placeholders those that stand in the sentence
     */
    public static String of(String sentence, Collection<String> learned, Collection<String> placeholders) {
        return Arrays.stream(sentence.split(" "))
                .map(piece -> Stream.of("<" + piece + "->", "<" + piece + ">")
                        .filter(word -> learned.contains(word) && !placeholders.contains(word))
                        .findFirst()
                        .orElse(piece))
                .collect(Collectors.joining(" "));
    }
}
