package dev.hapax.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NounTableTest {
    @Test
    void rawIsTheMeanOverTokensAndRefinedTheOutputAtTheLast() throws URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(NounTableTest.class.getResource("/goldens/sd-tiny"))
                .toURI());
        try (StableDiffusion model = StableDiffusion.open(folder, DType.FLOAT32, Device.CPU);
                Scope scope = Scope.open()) {
            SinglePromptEncoder text = (SinglePromptEncoder) model.text();
            String phrase = "red cup";
            NounTable nouns = NounTable.of(List.of("cat", phrase), text.tokenizer(), text.encoder());
            TokenIds tokens = text.tokenizer().encode(phrase);
            int last = tokens.length() - 2;
            assertTrue(last > 1, tokens::toString); // several tokens
            Tensor table = text.encoder().tokenTable();
            Tensor sum = table.select(0, tokens.ids()[1]);
            for (int i = 2; i <= last; i++) {
                sum = sum.plus(table.select(0, tokens.ids()[i]));
            }
            assertArrayEquals(sum.over(last).toFloats(), nouns.raw().get(1), 1e-6f);
            assertArrayEquals(nouns.raw().get(1), NounTable.raw(phrase, text.tokenizer(), text.encoder()), 0);
            Tensor states =
                    text.encoder().encode(List.of(tokens), Lexicon.empty()).last();
            assertArrayEquals(
                    states.select(0, 0).select(0, last).toFloats(),
                    nouns.refined().get(1),
                    1e-6f);
        }
    }

    @Test
    void theNearestNounIsTheOneInTheSameDirection() {
        NounTable nouns = TinyLayout.nouns();
        assertEquals("cat", nouns.nearest(new float[] {0.1f, 0.01f, 0, 0})); // dog's product is larger
        assertEquals("dog", nouns.nearest(new float[] {50, 25, 0, 0}));
        assertEquals("ball", nouns.nearest(new float[] {0, 0, 1, 0}));
        var error = assertThrows(IllegalArgumentException.class, () -> nouns.nearest(new float[] {1, 2}));
        assertEquals(
                "the layout was made for a text encoder of width 4, the word's vector has 2; train a layout with this"
                        + " model",
                error.getMessage());
    }

    @Test
    void whatIsNoTableIsRefused() {
        float[] one = {1};
        var few = assertThrows(
                IllegalArgumentException.class, () -> new NounTable(List.of("cat"), List.of(one), List.of(one)));
        assertTrue(String.valueOf(few.getMessage()).startsWith("a layout needs at least two nouns"), few.getMessage());
        var twice = assertThrows(
                IllegalArgumentException.class,
                () -> new NounTable(List.of("cat", "cat"), List.of(one, one), List.of(one, one)));
        assertEquals("nouns must be names, each once, got \"cat\"", twice.getMessage());
        var unknown = assertThrows(
                IllegalArgumentException.class, () -> TinyLayout.nouns().index("sofa"));
        assertEquals("the layout does not know \"sofa\"; it knows cat, dog, ball", unknown.getMessage());
    }
}
