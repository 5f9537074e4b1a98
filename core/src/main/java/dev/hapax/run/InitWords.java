package dev.hapax.run;

import dev.hapax.text.Word;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the words to learn in a prompt and what each starts from: what was said, otherwise the ordinary word behind the
 * placeholder.
 */
public final class InitWords {
    private static final Pattern PLACEHOLDER = Pattern.compile("<[^<>\\s]+>");
    private static final Pattern NEXT = Pattern.compile("\\s+([\\p{L}][\\p{L}\\p{N}'-]*)");
    /** Words that say how things stand to each other, and not what they are. */
    private static final Set<String> FUNCTION_WORDS = Set.of(
            ("a an the and or but nor so with without of at by for from to into onto in on off near next beside besides "
                            + "above below over under behind before between beyond through across along around against "
                            + "among inside outside left right front back up down as like than that which who whose is are "
                            + "was were be been being has have had do does did it its this these those there here not no "
                            + "relate")
                    .split(" "));

    private InitWords() {}

    /** The placeholders of a text, such as {@code <a>}, in order, each once. */
    public static List<String> placeholders(String prompt) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = PLACEHOLDER.matcher(prompt);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return List.copyOf(found);
    }

    /**
     * The words of a prompt.
     *
     * @param given what words start from, by placeholder; a word of another form than {@code <a>} must be named here
     * @param vectors of each word
     * @throws IllegalArgumentException if there is no word, a given one is not in the prompt, or a word has nothing to
     *     start from
     */
    public static List<Word> of(String prompt, Map<String, String> given, int vectors) {
        Set<String> tokens = new LinkedHashSet<>(placeholders(prompt));
        for (String token : given.keySet()) {
            if (!prompt.contains(token)) {
                throw new IllegalArgumentException("the prompt \"" + prompt + "\" does not hold " + token
                        + "; put the word into it, where the thing stands");
            }
            tokens.add(token);
        }
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException("the prompt \"" + prompt
                    + "\" holds no word to learn; mark each with a placeholder, such as \"a brown <a>\"");
        }
        List<Word> words = new ArrayList<>();
        for (String token : tokens) {
            String init = given.get(token);
            words.add(new Word(token, init == null ? behind(token, prompt) : init, vectors));
        }
        return words;
    }

    /** Whether a word says how things stand to each other, and not what they are: an article, a preposition ... */
    public static boolean isFunctionWord(String word) {
        return FUNCTION_WORDS.contains(word.toLowerCase(Locale.ROOT));
    }

    private static String behind(String token, String prompt) {
        Matcher next = NEXT.matcher(prompt);
        next.region(prompt.indexOf(token) + token.length(), prompt.length());
        boolean found = next.lookingAt();
        if (found && !isFunctionWord(next.group(1))) {
            return next.group(1);
        }
        throw new IllegalArgumentException(token + " has nothing to start from: "
                + (found ? "\"" + next.group(1) + "\" follows it" : "no ordinary word follows it")
                + " in the prompt; say what kind of thing it is, for example --init \"" + token + "=cat\"");
    }
}
