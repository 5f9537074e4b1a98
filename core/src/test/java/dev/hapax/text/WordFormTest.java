package dev.hapax.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordFormTest {
    @TempDir
    private Path folder;

    @Test
    void cellsAndPlacementComeBack() {
        try (Scope scope = Scope.open()) {
            CellTable cells = CellTable.stages(10);
            Placement placement = new Placement(
                    new CellTable(List.of(0, 1), List.of(500)), List.of(1, 3), Outside.NOUN, "cat", List.of("of a {}"));
            Word word = new Word("<a>", "cat", 2).in(cells).placed(placement);
            Tensor rows = new Rng(1).normal(Purpose.EVALUATION, 0, 0, 20, 4);
            Path file = folder.resolve("a.safetensors");
            WordForm.file(word, rows, Map.of("seed", "7")).write(file);
            WordFile read = WordFile.read(file);
            assertArrayEquals(new long[] {10, 2, 4}, read.vectors().shape());
            assertEquals("7", read.metadata().get("seed"));
            Lexicon words = WordForm.read(read, Lexicon.empty());
            assertEquals(cells, words.cells("<a>"));
            assertEquals(placement, words.placement("<a>").orElseThrow());
            assertArrayEquals(rows.toFloats(), words.rows("<a>").toFloats());
            assertArrayEquals(
                    rows.narrow(0, 6, 2).toFloats(),
                    words.rows("<a>", new Site(1, 399)).toFloats());
        }
    }

    @Test
    void whatPlainToolsCanHaveIsTheMean() {
        try (Scope scope = Scope.open()) {
            Tensor rows = Tensor.of(new float[] {1, 2, 3, 6}, 2, 2);
            WordFile file = WordForm.file(Word.of("<a>", "cat").in(CellTable.stages(2)), rows, Map.of());
            WordFile flat = file.flattened();
            assertArrayEquals(new float[] {2, 4}, flat.vectors().toFloats());
            assertTrue(String.valueOf(flat.metadata().get("flattened")).contains("mean of 2 cells"));
            Path path = folder.resolve("flat.safetensors");
            flat.write(path);
            Lexicon words = WordForm.read(WordFile.read(path), Lexicon.empty());
            assertTrue(words.isPlain());
        }
    }

    @Test
    void aTableThatDoesNotFitIsNamed() {
        try (Scope scope = Scope.open()) {
            WordFile file = new WordFile(
                    "<a>",
                    Tensor.of(new float[] {1, 2, 3}, 3, 1, 1),
                    Map.of(WordFile.CELLS, CellTable.stages(4).json()));
            String message = assertThrows(CheckpointException.class, () -> WordForm.read(file, Lexicon.empty()))
                    .getMessage();
            assertTrue(message.contains("3 cells, its table 4"), message);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new WordFile("<a>", Tensor.of(new float[] {1}, 1, 1, 1), Map.of()));
        }
    }
}
