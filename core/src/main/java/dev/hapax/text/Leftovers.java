package dev.hapax.text;

import java.util.regex.Pattern;

/** Makes a sentence of what is left when segments of a prompt were dropped or replaced; other text stays as it is. */
final class Leftovers {
    /** Stands where a segment was dropped. */
    static final String DROPPED = "\u0001";

    /** Stands before what replaces a segment. */
    static final String REPLACED = "\u0002";

    private static final String ARTICLES = "an?|the";
    private static final String LEADING = "in|of|with|following|by|and|at|on|to|from|for|as|like";
    private static final String GONE = "\\s*(?:\u0001\\s*)*"; // further dropped segments
    private static final Pattern ARTICLE = Pattern.compile(
            "(?<![^\\s,.;:!?])(?:" + ARTICLES + ")\\s+\u0001(?=" + GONE + "(?:$|[,.;:!?]|(?:" + LEADING + ")\\b))",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PREPOSITION = Pattern.compile(
            "(?<![^\\s,.;:!?])(?:" + LEADING + ")\\s+\u0001(?=" + GONE + "(?:$|[,.;:!?]|(?:" + LEADING + "|" + ARTICLES
                    + ")\\b))",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern BEFORE_VOWEL =
            Pattern.compile("(?<![^\\s,.;:!?])([Aa])\\s+[\u0001\u0002\\s]+(?=[aeiouAEIOU])");
    private static final Pattern BEFORE_CONSONANT =
            Pattern.compile("(?<![^\\s,.;:!?])([Aa])n\\s+[\u0001\u0002\\s]+(?=[^aeiouAEIOU\\s\u0001\u0002])");

    private Leftovers() {}

    static String tidied(String marked) {
        if (!marked.contains(DROPPED) && !marked.contains(REPLACED)) {
            return marked;
        }
        String text = marked;
        String before;
        do {
            before = text;
            text = ARTICLE.matcher(text).replaceAll(DROPPED);
            text = PREPOSITION.matcher(text).replaceAll(DROPPED);
        } while (!text.equals(before));
        text = BEFORE_VOWEL.matcher(text).replaceAll("$1n ");
        text = BEFORE_CONSONANT.matcher(text).replaceAll("$1 ");
        text = text.replace(REPLACED, "").replaceAll("\\s*(?:\u0001\\s*)+", " ");
        return text.replaceAll("\\s+(?=[,.;:!?])", "")
                .replaceAll(",(?:\\s*,)+", ",")
                .replaceAll("^[\\s,]+|[\\s,]+$", "");
    }
}
