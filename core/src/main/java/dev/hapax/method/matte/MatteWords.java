package dev.hapax.method.matte;

import dev.hapax.text.Outside;
import dev.hapax.text.Placement;
import dev.hapax.text.Word;
import java.util.List;

/**
 * The four words that MATTE learns.
 *
 * @param color such as {@code <c>}
 * @param style such as {@code <s>}
 * @param object such as {@code <o>}
 * @param layout such as {@code <l>}
 */
public record MatteWords(Word color, Word style, Word object, Word layout) {

    /**
     * Words with these tokens, which start from ordinary words (our choice): the color from the picture's color words, the
     * object from its class, the others from "style" and "layout".
     *
     * @param suffix of the tokens, so that the words of several pictures can stand in one prompt: "" gives {@code <c>},
     *     "2" {@code <c2>}
     * @param colors ordinary color words, the most frequent first
     * @param className ordinary noun of the object; empty for "object"
     * @param vectors of each word
     * @param cells where each may be read
     */
    public static MatteWords of(String suffix, List<String> colors, String className, int vectors, MatteCells cells) {
        String noun = className.isEmpty() ? "object" : className;
        return new MatteWords(
                word("c", suffix, String.join(" ", colors), vectors)
                        .placed(place(cells, cells.color(), Outside.DROP, "", "{} colored", "in {} color")),
                word("s", suffix, "style", vectors)
                        .placed(place(cells, cells.style(), Outside.DROP, "", "{} style", "in {} style")),
                word("o", suffix, noun, vectors).placed(place(cells, cells.object(), Outside.NOUN, className, "{}")),
                word("l", suffix, "layout", vectors)
                        .placed(place(
                                cells,
                                cells.layout(),
                                Outside.DROP,
                                "",
                                "following layout {}",
                                "following {} layout",
                                "following the layout {}")));
    }

    private static Word word(String letter, String suffix, String start, int vectors) {
        return new Word("<" + letter + suffix + ">", start, vectors);
    }

    private static Placement place(
            MatteCells cells, List<Integer> own, Outside outside, String noun, String... phrases) {
        return new Placement(cells.table(), own, outside, noun, List.of(phrases));
    }

    /** All four. */
    List<Word> all() {
        return List.of(color, style, object, layout);
    }
}
