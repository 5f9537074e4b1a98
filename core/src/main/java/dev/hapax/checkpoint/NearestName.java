package dev.hapax.checkpoint;

import java.util.Comparator;
import java.util.Set;

/** Finds what somebody probably meant: the known name with the least edit distance (Levenshtein 1966). */
public final class NearestName {
    private NearestName() {}

    /** {@code "; the nearest is X"}, or the empty string if there is nothing to choose from. */
    public static String hint(String wanted, Set<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(name -> distance(wanted, name))
                        .thenComparing(Comparator.naturalOrder()))
                .map(name -> "; the nearest is " + name)
                .orElse("");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
