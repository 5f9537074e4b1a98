package dev.hapax.text;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A stretch of a prompt and the sites at which it is read.
 *
 * @param text what it says there
 * @param otherwise what stands in its place where one of its words must not be read; empty for nothing
 * @param table keeps apart where it is read and where not
 * @param within the sites at which anything of it is read
 * @param acts the sites at which its words may be read
 */
record PromptSegment(String text, String otherwise, CellTable table, Predicate<Site> within, Predicate<Site> acts) {
    private static final Predicate<Site> EVERYWHERE = site -> true;

    /** Ordinary text. */
    static PromptSegment plain(String text) {
        return new PromptSegment(text, "", CellTable.ONE, EVERYWHERE, EVERYWHERE);
    }

    /** Text around words that have their places. */
    static PromptSegment bound(String text, Map<String, Placement> placements) {
        List<String> words = words(text, placements);
        CellTable table = CellTable.ONE;
        Predicate<Site> acts = EVERYWHERE;
        String otherwise = text;
        for (String word : words) {
            Placement placement = Objects.requireNonNull(placements.get(word));
            table = table.and(placement.table());
            acts = acts.and(placement::acts);
            boolean noun =
                    placement.outside() == Outside.NOUN && !placement.noun().isEmpty();
            otherwise = noun ? otherwise.replace(word, placement.noun()) : "";
        }
        return new PromptSegment(text, otherwise, table, EVERYWHERE, acts);
    }

    /** The placed words of a text that may not be read everywhere. */
    static List<String> words(String text, Map<String, Placement> placements) {
        return Placeholders.split(text, placements.keySet()).stream()
                .filter(Placeholders.Piece::word)
                .map(Placeholders.Piece::text)
                .distinct()
                .toList();
    }

    /** The same, read at some of its sites alone. */
    PromptSegment in(CellTable outer, Predicate<Site> where) {
        return new PromptSegment(text, otherwise, table.and(outer), within.and(where), acts);
    }

    boolean isPlain() {
        return table.isOne();
    }
}
