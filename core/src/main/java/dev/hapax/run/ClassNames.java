package dev.hapax.run;

import dev.hapax.text.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a modifier modifies: the ordinary words behind it, up to a preposition, a comma or another placeholder. */
public final class ClassNames {
    private static final Pattern NEXT = Pattern.compile("\\s+([\\p{L}][\\p{L}\\p{N}'-]*)");

    private ClassNames() {}

    /**
     * The class of each word, empty where nothing follows it.
     *
     * @param given classes that were named otherwise, by the word; they must stand behind it in the prompt
     */
    public static Map<String, String> of(String prompt, List<Word> words, Map<String, String> given) {
        given.keySet().stream()
                .filter(token -> words.stream().noneMatch(word -> word.token().equals(token)))
                .findFirst()
                .ifPresent(token -> {
                    throw new IllegalArgumentException("a class is given for " + token
                            + ", which is none of the words of the prompt \"" + prompt + "\"");
                });
        Map<String, String> classes = new LinkedHashMap<>();
        for (Word word : words) {
            String named = given.get(word.token());
            classes.put(word.token(), named == null ? behind(word.token(), prompt) : named);
        }
        return classes;
    }

    private static String behind(String token, String prompt) {
        List<String> names = new ArrayList<>();
        Matcher next = NEXT.matcher(prompt);
        int at = prompt.indexOf(token) + token.length();
        next.region(at, prompt.length());
        while (next.lookingAt() && !InitWords.isFunctionWord(next.group(1))) {
            names.add(next.group(1));
            next.region(next.end(), prompt.length());
        }
        return String.join(" ", names);
    }

    /** The prompt without its words to learn: what the classes alone would be called. */
    public static String without(String prompt, List<Word> words) {
        String plain = prompt;
        for (Word word : words) {
            plain = plain.replace(word.token(), " ");
        }
        return plain.replaceAll("\\s+", " ").strip();
    }
}
