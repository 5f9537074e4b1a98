package dev.hapax.text;

import dev.hapax.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Learned words: each is a placeholder that may stand in prompts and one or several rows (vectors) that take the place
 * of token embeddings (Textual Inversion, Gal et al. 2022). The rows live here, apart from the text encoder's frozen
 * table.
 *
 * <p>A lexicon does not change: {@link #with} gives another one, so the rows of a training step or of a
 * {@code (layer, timestep)} are exchanged without tokenising anew. Rows may be leaves that collect gradients.
 */
public final class Lexicon {
    private static final Lexicon EMPTY = new Lexicon(Map.of());

    private final Map<String, Tensor> rows;

    private Lexicon(Map<String, Tensor> rows) {
        this.rows = Collections.unmodifiableMap(rows);
    }

    /** A lexicon without words. */
    public static Lexicon empty() {
        return EMPTY;
    }

    /**
     * This lexicon with a word added, or with other rows for a word it has.
     *
     * @param word what stands in prompts, for example {@code <teapot>}; without spaces
     * @param vectors (n, width): n tokens in the prompt, one after the other
     * @throws IllegalArgumentException if the word is empty or has spaces; if the rows are no matrix, are as many as
     *     none, have another width than the other words' or another number than the word had
     */
    public Lexicon with(String word, Tensor vectors) {
        if (word.isEmpty() || word.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("a learned word needs letters and no spaces, got \"" + word + "\"");
        }
        if (vectors.rank() != 2 || vectors.size(0) == 0) {
            throw new IllegalArgumentException(
                    "the vectors of " + word + " must have shape (n, width), got " + Arrays.toString(vectors.shape()));
        }
        Tensor old = rows.get(word);
        if (old != null && old.size(0) != vectors.size(0)) {
            throw new IllegalArgumentException(word + " has " + old.size(0) + " vectors, got " + vectors.size(0)
                    + "; a prompt holds one token for each, so start from a lexicon without it");
        }
        rows.forEach((other, values) -> {
            if (values.size(1) != vectors.size(1)) {
                throw new IllegalArgumentException(
                        EmbeddingWidth.mismatch(word, vectors.size(1), "the lexicon's word " + other, values.size(1)));
            }
        });
        Map<String, Tensor> more = new LinkedHashMap<>(rows);
        more.put(word, vectors);
        return new Lexicon(more);
    }

    /** The words, in the order in which they were added. */
    public Set<String> words() {
        return rows.keySet();
    }

    /** Whether there is no word. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * The rows of a word: (n, width).
     *
     * @throws IllegalArgumentException if it is not here
     */
    public Tensor rows(String word) {
        Tensor values = rows.get(word);
        if (values == null) {
            throw new IllegalArgumentException("unknown word " + word + "; the lexicon has " + rows.keySet());
        }
        return values;
    }

    /** The number of a word's first row in {@link #table}. */
    public int firstRow(String word) {
        long first = 0;
        for (Map.Entry<String, Tensor> entry : rows.entrySet()) {
            if (entry.getKey().equals(word)) {
                return (int) first;
            }
            first += entry.getValue().size(0);
        }
        throw new IllegalArgumentException("unknown word " + word + "; the lexicon has " + rows.keySet());
    }

    /** All rows, word after word: (total, width); empty without words. Differentiable in each word's rows. */
    public Optional<Tensor> table() {
        return rows.isEmpty() ? Optional.empty() : Optional.of(Tensor.cat(List.copyOf(rows.values()), 0));
    }

    /**
     * Checks that the words fit a text encoder.
     *
     * @throws IllegalArgumentException naming a word of another width and the models it would fit
     */
    void requireWidth(long width) {
        rows.forEach((word, values) -> {
            if (values.size(1) != width) {
                throw new IllegalArgumentException(
                        EmbeddingWidth.mismatch(word, values.size(1), "this text encoder", width));
            }
        });
    }
}
