package dev.hapax.vision.ask;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** One way to write an answer, so that {@code A cat.}, {@code the cat} and {@code it is a cat} are one answer. */
public final class AnswerText {
    private static final Pattern EDGE = Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$");
    private static final Pattern OPENING =
            Pattern.compile("^(answer:|it is|it's|this is|that is|there is|they are|these are|a|an|the|some)\\s+");
    private static final Set<String> NAMELESS =
            Set.of("yes", "no", "none", "nothing", "unknown", "not sure", "i don't know", "don't know", "it", "this");

    private AnswerText() {}

    /**
     * The answer in lower case, words separated by one space, without openings such as {@code it is} and {@code the}
     * and without punctuation at its ends; empty if nothing is left.
     */
    public static String normalise(String answer) {
        String text = trimmed(answer.toLowerCase(Locale.ROOT).replace('\u2019', '\''));
        String before;
        do {
            before = text;
            text = trimmed(OPENING.matcher(text).replaceFirst(""));
        } while (!text.equals(before));
        return text;
    }

    private static String trimmed(String text) {
        return EDGE.matcher(text.strip().replaceAll("\\s+", " ")).replaceAll("");
    }

    /** Whether a normalised answer can name a thing: more than a letter, and none of yes, no, unknown and the like. */
    public static boolean isName(String normalised) {
        return normalised.length() > 1 && !NAMELESS.contains(normalised) && !normalised.matches("[\\p{N}\\s]+");
    }
}
