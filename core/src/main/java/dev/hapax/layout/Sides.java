package dev.hapax.layout;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a prompt says of the sides on which its two things stand, by the words between them. Our choice. */
enum Sides {
    /** The first is left of the second, or nothing is said. */
    FIRST_LEFT,
    /** The first is right of the second. */
    FIRST_RIGHT,
    /** They are not side by side: one is above the other, in it, before it ... */
    NOT_BESIDE;

    private static final Pattern RIGHT = Pattern.compile("\\bright of\\b");
    private static final Pattern LEFT = Pattern.compile("\\bleft of\\b");
    private static final Set<String> ELSEWHERE = Set.of(
            ("above over on onto upon atop below under underneath beneath in into inside within behind front through"
                            + " around riding holding wearing")
                    .split(" "));

    /** Reads the words between the first thing of a prompt and the second. */
    static Sides of(String between) {
        String text = between.toLowerCase(Locale.ROOT);
        if (RIGHT.matcher(text).find()) {
            return FIRST_RIGHT;
        }
        if (LEFT.matcher(text).find()) {
            return FIRST_LEFT;
        }
        for (String word : text.split("[^\\p{L}]+")) {
            if (ELSEWHERE.contains(word)) {
                return NOT_BESIDE;
            }
        }
        return FIRST_LEFT;
    }
}
