package dev.hapax.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LexiconTest {
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void rowsKeepTheirPlacesWhenTheyAreExchanged() {
        Lexicon lexicon = Lexicon.empty()
                .with("<b>", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2))
                .with("<a>", Tensor.of(new float[] {5, 6}, 1, 2));
        assertEquals(List.of("<b>", "<a>"), List.copyOf(lexicon.words()));
        assertEquals(2, lexicon.firstRow("<a>"));
        Lexicon moved = lexicon.with("<b>", Tensor.zeros(DType.FLOAT32, 2, 2));
        assertEquals(0, moved.firstRow("<b>"));
        assertArrayEquals(
                new float[] {0, 0, 0, 0, 5, 6}, moved.table().orElseThrow().toFloats());
        assertArrayEquals(
                new float[] {1, 2, 3, 4, 5, 6}, lexicon.table().orElseThrow().toFloats(), "a lexicon does not change");
        assertTrue(Lexicon.empty().table().isEmpty());
    }

    @Test
    void gradientsReachEachWord() {
        Tensor a = Tensor.of(new float[] {1, 2}, 1, 2).requiresGrad(true);
        Tensor b = Tensor.of(new float[] {3, 4}, 1, 2).requiresGrad(true);
        Tensor table = Lexicon.empty().with("<a>", a).with("<b>", b).table().orElseThrow();
        List<Tensor> gradients = Gradients.of(table.square().sum(), List.of(a, b));
        assertArrayEquals(new float[] {2, 4}, gradients.get(0).toFloats());
        assertArrayEquals(new float[] {6, 8}, gradients.get(1).toFloats());
    }

    @Test
    void mistakesAreNamed() {
        Lexicon lexicon = Lexicon.empty().with("<a>", Tensor.zeros(DType.FLOAT32, 2, 768));
        fails(
                () -> lexicon.with("<b>", Tensor.zeros(DType.FLOAT32, 1, 1280)),
                "the vectors of <b> have width 1280 (OpenCLIP ViT-bigG: the second encoder of SDXL, Kandinsky 2.2; also"
                        + " the first LDM), the lexicon's word <a> has width 768 (CLIP ViT-L: Stable Diffusion 1.x, the"
                        + " first encoder of SDXL); use a word that was learned with this model");
        fails(
                () -> lexicon.with("<a>", Tensor.zeros(DType.FLOAT32, 3, 768)),
                "<a> has 2 vectors, got 3; a prompt holds one token for each, so start from a lexicon without it");
        fails(
                () -> lexicon.with("<b>", Tensor.zeros(DType.FLOAT32, 768)),
                "the vectors of <b> must have shape (n, width), got [768]");
        fails(
                () -> lexicon.with("<b>", Tensor.zeros(DType.FLOAT32, 0, 768)),
                "the vectors of <b> must have shape (n, width), got [0, 768]");
        fails(
                () -> lexicon.with("a b", Tensor.zeros(DType.FLOAT32, 1, 768)),
                "a learned word needs letters and no spaces, got \"a b\"");
        fails(() -> lexicon.rows("<c>"), "unknown word <c>; the lexicon has [<a>]");
        fails(() -> lexicon.firstRow("<c>"), "unknown word <c>; the lexicon has [<a>]");
    }

    private static void fails(Executable what, String message) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, what).getMessage());
    }
}
