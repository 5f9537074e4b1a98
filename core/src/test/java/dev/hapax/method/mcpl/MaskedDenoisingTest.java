package dev.hapax.method.mcpl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.attention.TokenMaps;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MaskedDenoisingTest {
    // tokens of "<a> and <b>": begin, <a>, and, <b>, end
    private static final TokenIds PROMPT = new TokenIds(
            "<a> and <b>",
            new long[] {8, 10, 3, 11, 9},
            5,
            List.of(
                    new TokenIds.Span(0, 0),
                    new TokenIds.Span(0, 3),
                    new TokenIds.Span(4, 7),
                    new TokenIds.Span(8, 11),
                    new TokenIds.Span(11, 11)),
            11,
            10);

    /** One sample whose error is 1 everywhere, with 1 x 4 maps for the two words and nothing elsewhere. */
    private static DenoisingPass pass(boolean flipped, float[] mapA, float[] mapB) {
        float[] maps = new float[5 * 4];
        System.arraycopy(mapA, 0, maps, 4, 4);
        System.arraycopy(mapB, 0, maps, 12, 4);
        Tensor target = Tensor.zeros(DType.FLOAT32, 1, 4, 2, 8);
        return new DenoisingPass(
                0,
                List.of(0),
                List.of(flipped),
                List.of(5L),
                target,
                target.plus(1),
                List.of(PROMPT),
                Lexicon.empty(),
                target,
                Optional.of(new TokenMaps(Tensor.of(maps, 1, 5, 1, 4))));
    }

    private static double loss(MaskedDenoising term, boolean flipped, float[] mapA, float[] mapB) {
        try (Scope scope = Scope.open()) {
            return term.of(pass(flipped, mapA, mapB)).item();
        }
    }

    private static MaskedDenoising term() {
        return new MaskedDenoising(List.of("<a>", "<b>"), 0.5, 0.9);
    }

    @Test
    void aWeakWordKeepsItsRegionBesideADominantOne() { // each map is divided by its own maximum before the union
        double share = loss(term(), false, new float[] {.9f, .1f, 0, 0}, new float[] {0, 0, .002f, .01f});
        assertEquals(0.5, share, 1e-6); // one column of four for each word
    }

    @Test
    void thresholdIsShareOfTheLargest() {
        assertEquals(0.75, loss(term(), false, new float[] {.4f, .21f, .19f, 0}, new float[] {0, 0, 0, 1}), 1e-6);
    }

    @Test
    void mapsAreAveragedOverSteps() {
        MaskedDenoising term = term();
        loss(term, false, new float[] {1, 0, 0, 0}, new float[] {1, 0, 0, 0});
        double second = loss(term, false, new float[] {0, 1, 0, 0}, new float[] {1, 0, 0, 0});
        assertEquals(0.25 + 0.25, second, 1e-6); // the mean is (.5, .5, 0, 0): both columns are above half its maximum
    }

    @Test
    void aMirroredSampleIsAveragedWhereItBelongs() {
        MaskedDenoising term = term();
        loss(term, false, new float[] {1, 0, 0, 0}, new float[] {1, 0, 0, 0});
        double mirrored = loss(term, true, new float[] {0, 0, 0, 1}, new float[] {0, 0, 0, 1});
        assertEquals(0.25, mirrored, 1e-6); // turned back it is the same column
    }

    @Test
    void memoryGoesOnWhereItWasSaved() {
        MaskedDenoising one = term();
        loss(one, false, new float[] {1, 0, 0, 0}, new float[] {1, 0, 0, 0});
        MaskedDenoising resumed = term();
        resumed.remember(Map.copyOf(one.memory()));
        float[] a = {0, .9f, 0, 0};
        float[] b = {0, 0, .9f, 0};
        assertEquals(loss(one, false, a, b), loss(resumed, false, a, b), 0);
    }
}
