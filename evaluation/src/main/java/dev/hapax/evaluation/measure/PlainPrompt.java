package dev.hapax.evaluation.measure;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A prompt in words that a judge knows, because it has learned none of those that are judged. Papers differ in how. */
public final class PlainPrompt {
    /** A word behind one of these begins a phrase of its own, which takes an article. */
    private static final Set<String> BEFORE_PHRASES =
            Set.of(("of and or with without by near beside besides above below over under behind on in at to from into "
                            + "onto next left right like as between")
                    .split(" "));

    private PlainPrompt() {}

    /**
     * Each learned word replaced by the noun of its thing: {@code a picture of <a>} becomes {@code a picture of a cat},
     * {@code a brown <a>} becomes {@code a brown cat}, and {@code a <a> cat} becomes {@code a cat} (Zhang et al. 2024,
     * DisenDiff, where words stand before nouns and are taken out). A word without a noun is taken out.
     *
     * @param nouns by learned word
     */
    public static String withNouns(String prompt, Iterable<String> words, Map<String, String> nouns) {
        String plain = prompt;
        for (String word : words) {
            String noun = nouns.get(word);
            if (noun == null) {
                plain = plain.replace(word, " ");
                continue;
            }
            plain = plain.replaceAll(
                    Pattern.quote(word) + "\\s+(?=" + Pattern.quote(noun) + "\\b)", ""); // the noun is there already
            for (int at = plain.indexOf(word); at >= 0; at = plain.indexOf(word)) {
                String before = plain.substring(0, at);
                plain = before
                        + (takesArticle(before) ? article(noun) + " " : "")
                        + noun
                        + plain.substring(at + word.length());
            }
        }
        return tidy(plain);
    }

    /** Each learned word taken out: {@code a picture of on a beach} (Gal et al. 2022, section 5). */
    public static String without(String prompt, Iterable<String> words) {
        String plain = prompt;
        for (String word : words) {
            plain = plain.replace(word, " ");
        }
        return tidy(plain);
    }

    /** The indefinite article of a noun, by its first letter. */
    public static String article(String noun) {
        return !noun.isEmpty() && "aeiouAEIOU".indexOf(noun.charAt(0)) >= 0 ? "an" : "a";
    }

    private static boolean takesArticle(String before) {
        String text = before.strip();
        String last = text.substring(text.lastIndexOf(' ') + 1);
        return last.isEmpty() || last.endsWith(",") || BEFORE_PHRASES.contains(last);
    }

    private static String tidy(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
