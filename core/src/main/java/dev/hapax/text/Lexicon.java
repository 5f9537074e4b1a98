package dev.hapax.text;

import dev.hapax.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Learned words: each is a placeholder that may stand in prompts and one or several rows (vectors) that take the place
 * of token embeddings (Textual Inversion, Gal et al. 2022), in P+ and ProSpect others at each {@link Site}. The rows live
 * here, apart from the text encoder's frozen table.
 *
 * <p>A lexicon does not change: {@link #with} gives another one, so the rows of a training step are exchanged without
 * tokenising anew. Rows may be leaves that collect gradients.
 */
public final class Lexicon {
    private static final Lexicon EMPTY = new Lexicon(Map.of());

    private record Entry(Tensor rows, CellTable cells, Optional<Placement> placement) {
        long vectors() {
            return rows.size(0) / cells.cells();
        }
    }

    private final Map<String, Entry> entries;

    private Lexicon(Map<String, Entry> entries) {
        this.entries = Collections.unmodifiableMap(entries);
    }

    /** A lexicon without words. */
    public static Lexicon empty() {
        return EMPTY;
    }

    /**
     * This lexicon with a word added that is the same everywhere, or with other rows for a word it has.
     *
     * @param word what stands in prompts, for example {@code <teapot>}; without spaces
     * @param vectors (n, width): n tokens in the prompt, one after the other
     * @throws IllegalArgumentException if the word is empty or has spaces; if the rows are no matrix, are as many as
     *     none, have another width than the other words' or another number than the word had
     */
    public Lexicon with(String word, Tensor vectors) {
        Entry old = entries.get(word);
        return with(word, vectors, old == null ? CellTable.ONE : old.cells());
    }

    /**
     * The same with a word that has rows of its own in each cell.
     *
     * @param vectors (cells * n, width), cell after cell
     * @throws IllegalArgumentException also if the rows do not divide among the cells
     */
    public Lexicon with(String word, Tensor vectors, CellTable cells) {
        if (word.isEmpty() || word.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("a learned word needs letters and no spaces, got \"" + word + "\"");
        }
        if (vectors.rank() != 2 || vectors.size(0) == 0) {
            throw new IllegalArgumentException(
                    "the vectors of " + word + " must have shape (n, width), got " + Arrays.toString(vectors.shape()));
        }
        if (vectors.size(0) % cells.cells() != 0) {
            throw new IllegalArgumentException("the vectors of " + word + " must be as many for each of its "
                    + cells.cells() + " cells, got " + vectors.size(0));
        }
        Entry old = entries.get(word);
        if (old != null
                && (old.rows().size(0) != vectors.size(0) || !old.cells().equals(cells))) {
            throw new IllegalArgumentException(word + " has " + old.rows().size(0) + " vectors, got " + vectors.size(0)
                    + "; a prompt holds one token for each, so start from a lexicon without it");
        }
        entries.forEach((other, entry) -> {
            if (entry.rows().size(1) != vectors.size(1)) {
                throw new IllegalArgumentException(EmbeddingWidth.mismatch(
                        word,
                        vectors.size(1),
                        "the lexicon's word " + other,
                        entry.rows().size(1)));
            }
        });
        return with(word, new Entry(vectors, cells, old == null ? Optional.empty() : old.placement()));
    }

    /** The same with a word that may be read in some cells alone. */
    public Lexicon placing(String word, Placement placement) {
        Entry entry = entry(word);
        return with(word, new Entry(entry.rows(), entry.cells(), Optional.of(placement)));
    }

    private Lexicon with(String word, Entry entry) {
        Map<String, Entry> more = new LinkedHashMap<>(entries);
        more.put(word, entry);
        return new Lexicon(more);
    }

    /** The words, in the order in which they were added. */
    public Set<String> words() {
        return entries.keySet();
    }

    /** Whether there is no word. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * All rows of a word: (cells * n, width), cell after cell.
     *
     * @throws IllegalArgumentException if it is not here
     */
    public Tensor rows(String word) {
        return entry(word).rows();
    }

    /** The rows of a word that are read at a site: (n, width). */
    public Tensor rows(String word, Site site) {
        Entry entry = entry(word);
        return entry.cells().isOne()
                ? entry.rows()
                : entry.rows().narrow(0, entry.cells().cell(site) * entry.vectors(), entry.vectors());
    }

    /** How many tokens a word takes in a prompt. */
    public int vectors(String word) {
        return (int) entry(word).vectors();
    }

    /** Where a word has rows of their own. */
    public CellTable cells(String word) {
        return entry(word).cells();
    }

    /** Where a word may be read; empty for everywhere. */
    public Optional<Placement> placement(String word) {
        return entry(word).placement();
    }

    /** Whether every word is the same everywhere. */
    public boolean isPlain() {
        return entries.values().stream().allMatch(entry -> entry.cells().isOne());
    }

    /** These words with the mean over their cells: what is left of them for whoever knows but one vector per token. */
    public Lexicon flattened() {
        Map<String, Entry> flat = new LinkedHashMap<>();
        entries.forEach((word, entry) -> flat.put(
                word,
                entry.cells().isOne()
                        ? entry
                        : new Entry(mean(entry.rows(), entry.vectors()), CellTable.ONE, entry.placement())));
        return new Lexicon(flat);
    }

    private static Tensor mean(Tensor rows, long vectors) {
        return rows.reshape(-1, vectors, rows.size(1)).mean(false, 0); // (n, width)
    }

    /**
     * The number of a word's first row in {@link #table}.
     *
     * @throws IllegalArgumentException if it is not here, or has other rows at each site
     */
    public int firstRow(String word) {
        if (!entry(word).cells().isOne()) {
            throw new IllegalArgumentException(word + " has vectors for "
                    + cells(word).cells() + " cells; say at which site it is read, or flatten the lexicon");
        }
        return start(word);
    }

    /** The number in {@link #table} of the first of the rows that are read at a site. */
    public int firstRow(String word, Site site) {
        Entry entry = entry(word);
        int cell = entry.cells().isOne() ? 0 : entry.cells().cell(site);
        return start(word) + cell * (int) entry.vectors();
    }

    /** The word whose first row for any cell has this number in {@link #table}. */
    Optional<String> beginningAt(long row) {
        return entries.entrySet().stream()
                .filter(entry -> {
                    long own = row - start(entry.getKey());
                    return own >= 0
                            && own < entry.getValue().rows().size(0)
                            && own % entry.getValue().vectors() == 0;
                })
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private int start(String word) {
        long first = 0;
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            if (entry.getKey().equals(word)) {
                break;
            }
            first += entry.getValue().rows().size(0);
        }
        return (int) first;
    }

    private Entry entry(String word) {
        Entry entry = entries.get(word);
        if (entry == null) {
            throw new IllegalArgumentException("unknown word " + word + "; the lexicon has " + entries.keySet());
        }
        return entry;
    }

    /** All rows, word after word: (total, width); empty without words. Differentiable in each word's rows. */
    public Optional<Tensor> table() {
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Tensor.cat(entries.values().stream().map(Entry::rows).toList(), 0));
    }

    /**
     * Checks that the words fit a text encoder.
     *
     * @throws IllegalArgumentException naming a word of another width and the models it would fit
     */
    void requireWidth(long width) {
        entries.forEach((word, entry) -> {
            if (entry.rows().size(1) != width) {
                throw new IllegalArgumentException(
                        EmbeddingWidth.mismatch(word, entry.rows().size(1), "this text encoder", width));
            }
        });
    }

    /**
     * Checks that the words fit a U-Net.
     *
     * @throws IllegalArgumentException naming a word that was learned for another number of layers
     */
    public void requireLayers(int layers) {
        entries.forEach((word, entry) -> {
            entry.cells().requireLayers(word, layers);
            entry.placement().ifPresent(placement -> placement.table().requireLayers(word, layers));
        });
    }
}
