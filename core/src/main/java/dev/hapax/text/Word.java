package dev.hapax.text;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import java.util.Optional;

/**
 * Something to learn: a placeholder in prompts and the vectors behind it.
 *
 * @param token what stands in prompts, for example {@code <a>}
 * @param startsFrom ordinary text whose embedding the vectors start from, for example {@code cat}
 * @param vectors how many token embeddings the word has at each site, at least 1
 * @param cells where it has vectors of their own: P+ for each layer, ProSpect for each stage, Textual Inversion one cell
 * @param placement where it may be read at all; empty for everywhere
 * @param maker makes the vectors of other parameters, which are learned in their place; empty to learn the vectors
 */
public record Word(
        String token,
        String startsFrom,
        int vectors,
        CellTable cells,
        Optional<Placement> placement,
        Optional<RowMaker> maker) {

    /** Checks that nothing is empty. */
    public Word {
        if (token.isBlank() || startsFrom.isBlank() || vectors < 1) {
            throw new IllegalArgumentException(
                    "a word needs a token, a text to start from and at least one vector, got \"" + token + "\", \""
                            + startsFrom + "\", " + vectors);
        }
        if (maker.isPresent() && vectors > 1) {
            throw new IllegalArgumentException(
                    "a word whose vectors are generated has one at each site, got " + vectors + " for " + token);
        }
    }

    /** A word that is the same everywhere. */
    public Word(String token, String startsFrom, int vectors) {
        this(token, startsFrom, vectors, CellTable.ONE, Optional.empty(), Optional.empty());
    }

    /** A word of one vector. */
    public static Word of(String token, String startsFrom) {
        return new Word(token, startsFrom, 1);
    }

    /** The same word with vectors of their own in each cell. */
    public Word in(CellTable table) {
        return new Word(token, startsFrom, vectors, table, placement, maker);
    }

    /** The same word, which may be read in some cells alone. */
    public Word placed(Placement where) {
        return new Word(token, startsFrom, vectors, cells, Optional.of(where), maker);
    }

    /** The same word, of which other parameters are learned. */
    public Word madeBy(RowMaker how) {
        return new Word(token, startsFrom, vectors, cells, placement, Optional.of(how));
    }

    /**
     * A lexicon with this word added.
     *
     * @param learned its vectors, (cells * vectors, width), or the parameters that they are made of
     */
    public Lexicon in(Lexicon lexicon, Tensor learned) {
        Tensor rows = maker.map(how -> how.rows(learned)).orElse(learned);
        Lexicon with = lexicon.with(token, rows, cells);
        return placement.map(where -> with.placing(token, where)).orElse(with);
    }

    /**
     * What is learned, as it starts: the vectors, alike in all cells, which are the embeddings of its text, token by token if it has as many
     * vectors, otherwise their mean for each; or the parameters that they are made of.
     *
     * @return (cells * vectors, width) in fp32, cell after cell; for parameters (n, width)
     */
    public Tensor initial(Tokenizer tokenizer, ClipTextEncoder encoder) {
        TokenIds tokens = tokenizer.encode(startsFrom);
        int n = tokens.length() - 2; // without begin and end
        Tensor ids = Tensor.of(tokens.ids(), tokens.ids().length).narrow(0, 1, n);
        Tensor rows = encoder.embeddings(ids, null).to(DType.FLOAT32); // (n, width)
        Tensor own = n == vectors ? rows : rows.mean(true, 0).repeat(vectors, 1);
        if (maker.isPresent()) {
            return maker.get().initial(own);
        }
        return cells.isOne() ? own : own.repeat(cells.cells(), 1);
    }
}
