package dev.hapax.evaluation.probe;

import dev.hapax.run.InitWords;
import java.util.Arrays;
import java.util.List;

/** The words of a prompt whose attention says something: learned ones, and those that name or describe things. */
public final class WatchedWords {
    private WatchedWords() {}

    /** Those of a prompt, in order, each once. */
    public static List<String> of(String prompt) {
        return Arrays.stream(prompt.strip().split("\\s+"))
                .map(piece -> piece.replaceAll("^[^\\p{L}\\p{N}<]+|[^\\p{L}\\p{N}>]+$", ""))
                .filter(word -> !word.isEmpty() && !InitWords.isFunctionWord(word))
                .distinct()
                .toList();
    }
}
