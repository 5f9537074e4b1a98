package dev.hapax.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.learning.TinyTeaching;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConditioningTest {
    private static final int LAYERS = 4;
    private static TinyTeaching tiny;

    @BeforeAll
    static void open() {
        tiny = new TinyTeaching();
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    @Test
    void eachDistinctTextIsEncodedOnce() {
        CellTable table = new CellTable(List.of(0, 1, 1, 0), List.of(500));
        PromptField field = new PromptField(table, List.of("a cat", "a ball", "", "a ball"));
        Conditioning read = of(Lexicon.empty(), List.of(field, field), List.of(100L, 700L));
        assertEquals(
                List.of("a cat", "", "a ball"),
                read.distinct().stream().map(TokenIds::prompt).toList());
        assertEquals("", read.at(1, 0).prompt());
        assertEquals("a ball", read.at(1, 2).prompt());
        Tensor encoded = tiny.encoder().encode(read.distinct(), Lexicon.empty()).last();
        List<Tensor> texts = read.perLayer(encoded);
        assertSame(texts.get(1), texts.get(2), "one text for layers that read the same");
        assertArrayEquals(
                encoded.select(0, 0).toFloats(), texts.get(0).select(0, 0).toFloats());
        assertArrayEquals(
                encoded.select(0, 1).toFloats(), texts.get(3).select(0, 1).toFloats());
    }

    @Test
    void allCellsAlikeIsThePlainPipelineToTheBit() {
        Tensor rows =
                new Rng(1).normal(Purpose.EVALUATION, 0, 0, 2, tiny.encoder().width());
        Lexicon words = Lexicon.empty().with("<a>", rows);
        List<PromptField> alike = List.of(
                PromptField.constant(new CellTable(List.of(0, 1, 2, 3), List.of(200, 600)), "a <a>"),
                PromptField.constant(CellTable.stages(10), "a <a> on a ball"));
        Conditioning read = of(words, alike, List.of(1L, 900L));
        List<TokenIds> plain = List.of(
                tiny.tokenizer().encode("a <a>", words), tiny.tokenizer().encode("a <a> on a ball", words));
        float[] expected = tiny.encoder().encode(plain, words).last().toFloats();
        for (Tensor text :
                read.perLayer(tiny.encoder().encode(read.distinct(), words).last())) {
            assertArrayEquals(expected, text.toFloats());
        }
    }

    @Test
    void gradientsReachTheCellThatWasReadAlone() {
        CellTable cells = new CellTable(List.of(0, 0, 1, 1), List.of(500));
        Tensor rows = new Rng(1)
                .normal(
                        Purpose.EVALUATION,
                        0,
                        0,
                        2 * cells.cells(),
                        tiny.encoder().width())
                .requiresGrad(true);
        Lexicon words = Lexicon.empty().with("<a>", rows, cells);
        assertEquals(2, words.vectors("<a>"));
        Conditioning read = of(words, List.of(PromptField.constant("a <a>")), List.of(500L));
        assertEquals(2, read.distinct().size(), "two groups of layers");
        List<Tensor> texts =
                read.perLayer(tiny.encoder().encode(read.distinct(), words).last());
        int read4 = cells.cell(new Site(3, 500));
        float[] gradient = Gradients.of(texts.get(3).square().sum(), List.of(rows))
                .get(0)
                .abs()
                .sum(false, 1)
                .toFloats();
        for (int row = 0; row < gradient.length; row++) {
            assertEquals(row / 2 == read4, gradient[row] > 0, "row " + row);
        }
        assertArrayEquals(
                rows.narrow(0, 2L * read4, 2).toFloats(),
                words.rows("<a>", new Site(3, 500)).toFloats());
    }

    @Test
    void aWordWithCellsMustSayWhereItIsRead() {
        Lexicon words = Lexicon.empty().with("<a>", tiny.encoder().tokenTable().narrow(0, 0, 4), CellTable.perLayer(4));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> tiny.tokenizer().encode("a <a>", words))
                .getMessage();
        assertTrue(message.contains("4 cells"), message);
        assertEquals(
                "a <a>",
                tiny.tokenizer()
                        .decode(
                                words,
                                tiny.tokenizer()
                                        .encode("a <a>", words, new Site(2, 0))
                                        .ids()));
        float[] mean = words.rows("<a>").mean(false, 0).toFloats();
        assertArrayEquals(mean, words.flattened().rows("<a>").toFloats(), 1e-6f);
        String layers = assertThrows(
                        IllegalArgumentException.class,
                        () -> Conditioning.of(tiny.tokenizer(), words, List.of(), List.of(), 16))
                .getMessage();
        assertTrue(layers.startsWith("<a> is divided among 4 layers"), layers);
    }

    private static Conditioning of(Lexicon words, List<PromptField> fields, List<Long> timesteps) {
        return Conditioning.of(tiny.tokenizer(), words, fields, timesteps, LAYERS);
    }
}
