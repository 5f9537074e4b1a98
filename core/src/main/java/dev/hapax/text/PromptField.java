package dev.hapax.text;

import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What is read where and when: a text for each cell of a table.
 *
 * @param table divides the sites
 * @param texts one for each cell
 */
public record PromptField(CellTable table, List<String> texts) {
    /** Checks that there is a text for each cell. */
    public PromptField {
        texts = List.copyOf(texts);
        if (texts.size() != table.cells()) {
            throw new IllegalArgumentException(
                    "a table of " + table.cells() + " cells needs as many texts, got " + texts.size());
        }
    }

    /** One text everywhere. */
    public static PromptField constant(String text) {
        return new PromptField(CellTable.ONE, List.of(text));
    }

    /** One text in every cell of a table. */
    public static PromptField constant(CellTable table, String text) {
        return new PromptField(table, Collections.nCopies(table.cells(), text));
    }

    /** The text that is read at a site. */
    public String at(Site site) {
        return texts.get(table.cell(site));
    }

    /** Whether one text is read everywhere. */
    public boolean isConstant() {
        return texts.stream().distinct().count() == 1;
    }

    /** The same with every text changed. */
    public PromptField map(UnaryOperator<String> change) {
        return new PromptField(table, texts.stream().map(change).toList());
    }
}
