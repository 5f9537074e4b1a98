package dev.hapax.text;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Between words and their files. */
public final class WordForm {
    private WordForm() {}

    /**
     * A lexicon with the word of a file.
     *
     * @throws CheckpointException if the tables in its metadata are damaged or do not fit its vectors
     * @throws IllegalArgumentException if the word does not fit the others
     */
    public static Lexicon read(WordFile file, Lexicon words) {
        String cells = file.metadata().get(WordFile.CELLS);
        String placement = file.metadata().get(WordFile.PLACEMENT);
        CellTable table =
                cells == null ? CellTable.ONE : CellTable.parse("the table of cells of " + file.token(), cells);
        if (cells != null && table.cells() != file.vectors().size(0)) {
            throw new CheckpointException("the word file of " + file.token() + " has vectors for "
                    + file.vectors().size(0) + " cells, its table " + table.cells() + "; it is damaged");
        }
        Lexicon with = words.with(file.token(), file.rows(), table);
        return placement == null
                ? with
                : with.placing(file.token(), Placement.parse("the placement of " + file.token(), placement));
    }

    /**
     * The file of a word.
     *
     * @param rows (cells * vectors, width)
     * @param metadata how it came about
     */
    public static WordFile file(Word word, Tensor rows, Map<String, String> metadata) {
        Map<String, String> texts = new TreeMap<>(metadata);
        word.placement().ifPresent(placement -> texts.put(WordFile.PLACEMENT, placement.json()));
        if (word.cells().isOne()) {
            return new WordFile(word.token(), rows, texts);
        }
        texts.put(WordFile.CELLS, word.cells().json());
        return new WordFile(word.token(), rows.reshape(word.cells().cells(), word.vectors(), rows.size(1)), texts);
    }

    /**
     * The vectors of a word for each layer of a model, (layers, n, width), if it has others for each layer and the same
     * at all timesteps; empty otherwise.
     */
    public static Optional<Tensor> perLayer(Word word, Tensor rows) {
        CellTable cells = word.cells();
        if (cells.stageCount() > 1 || cells.groupCount() == 1) {
            return Optional.empty();
        }
        Lexicon alone = Lexicon.empty().with(word.token(), rows, cells);
        return Optional.of(Tensor.stack(
                java.util.stream.IntStream.range(0, cells.groups().size())
                        .mapToObj(layer -> alone.rows(word.token(), new Site(layer, 0)))
                        .toList(),
                0));
    }
}
