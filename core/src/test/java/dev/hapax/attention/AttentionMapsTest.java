package dev.hapax.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionMapsTest {
    private static final Rng RNG = new Rng(11);
    private static final Resolution SMALL = new Resolution(1, 2);
    private static final Resolution LARGE = new Resolution(2, 4);

    @Test
    void mapsAreMeansOverHeadsAndLayersOfOneResolution() {
        try (Scope scope = Scope.open()) {
            AttentionMaps maps = recorded(AttentionMaps.detached(LayerChoice.all()));
            TokenMaps small = maps.at(SMALL);
            assertArrayEquals(new long[] {1, 3, 1, 2}, small.values().shape());
            // token 1: pixel 0 saw it with .2 and .6 (heads of layer 0) and .1 and .1 (layer 1), pixel 1 with .3 .5 .4
            // .4
            assertArrayEquals(new float[] {.25f, .4f}, small.of(1).toFloats(), 1e-6f);
            assertArrayEquals(new long[] {1, 1, 2}, small.of(1).shape());
            assertArrayEquals(new float[] {1 / 3f, 1 / 3f}, small.of(0, 1, 2).toFloats(), 1e-6f);
            assertArrayEquals(new long[] {1, 2, 4}, maps.at(LARGE).of(0).shape());
        }
    }

    @Test
    void pixelsKeepTheirPlaces() {
        try (Scope scope = Scope.open()) {
            AttentionMaps maps = recorded(AttentionMaps.detached(LayerChoice.at(LARGE)));
            assertArrayEquals(
                    new float[] {0, .1f, .2f, .3f, .4f, .5f, .6f, .7f},
                    maps.at(LARGE).of(2).toFloats(),
                    1e-6f);
        }
    }

    @Test
    void otherResolutionsAreResizedOnRequest() {
        try (Scope scope = Scope.open()) {
            AttentionMaps maps = recorded(AttentionMaps.detached(LayerChoice.all()));
            Tensor resized = maps.resizedTo(LARGE).values();
            assertArrayEquals(new long[] {1, 3, 2, 4}, resized.shape());
            assertEquals(8, resized.sum().item(), 1e-5, "each pixel still spreads 1 over the tokens");
            // the two small layers' pixels of token 1, (.4, .4) and (.1, .4), stretched bilinearly; .6 / 2 ... of the
            // large
            float first = resized.select(1, 1).toFloats()[0];
            assertEquals((.4f + .1f + .5f) / 3, first, 1e-5f);
        }
    }

    @Test
    void aWordMayStandElsewhereInEachText() {
        try (Scope scope = Scope.open()) {
            Tensor values = RNG.normal(Purpose.NOISE, 0, 0, 2, 4, 3, 5);
            TokenMaps maps = new TokenMaps(values);
            Tensor word = maps.of(List.of(new int[] {1}, new int[] {0, 3}));
            assertArrayEquals(new long[] {2, 3, 5}, word.shape());
            assertArrayEquals(
                    values.select(0, 0).select(0, 1).toFloats(),
                    word.select(0, 0).toFloats());
            assertArrayEquals(
                    values.select(0, 1)
                            .select(0, 0)
                            .plus(values.select(0, 1).select(0, 3))
                            .over(2)
                            .toFloats(),
                    word.select(0, 1).toFloats(),
                    1e-6f);
            assertThrows(IllegalArgumentException.class, () -> maps.of(List.of(new int[] {1})));
            assertThrows(IllegalArgumentException.class, () -> maps.of(4));
            assertThrows(IllegalArgumentException.class, () -> maps.of());
        }
    }

    @Test
    void aResolutionThatNoLayerHasIsAnErrorThatNamesThoseThereAre() {
        try (Scope scope = Scope.open()) {
            AttentionMaps maps = recorded(AttentionMaps.detached(LayerChoice.layers(0)));
            String message = assertThrows(IllegalArgumentException.class, () -> maps.at(new Resolution(9, 9)))
                    .getMessage();
            assertEquals(
                    "no cross-attention layer was recorded at 9x9; recorded: 1x2; the pass ran layers at: 1x2, 2x4",
                    message);
            AttentionMaps fresh = AttentionMaps.detached(LayerChoice.all());
            IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> fresh.resizedTo(SMALL));
            assertTrue(String.valueOf(error.getMessage()).contains("recorded: none"));
        }
    }

    @Test
    void choicesByIndexAndResolutionCombine() {
        AttentionLayer layer = new AttentionLayer(3, "a", 2, 5);
        assertTrue(LayerChoice.layers(1, 3).includes(layer, SMALL));
        assertFalse(LayerChoice.layers(1, 2).includes(layer, SMALL));
        assertTrue(LayerChoice.at(SMALL).and(LayerChoice.layers(3)).includes(layer, SMALL));
        assertFalse(LayerChoice.at(LARGE).and(LayerChoice.layers(3)).includes(layer, SMALL));
        assertFalse(LayerChoice.at(SMALL).and(LayerChoice.layers(2)).includes(layer, SMALL));
    }

    @Test
    void onePassPerObject() {
        try (Scope scope = Scope.open()) {
            AttentionMaps maps = recorded(AttentionMaps.detached(LayerChoice.all()));
            assertThrows(IllegalStateException.class, () -> recorded(maps));
        }
    }

    @Test
    void recordedMapsOutliveTheScopeTheyWereMadeIn() {
        try (Scope step = Scope.open()) {
            AttentionMaps maps = AttentionMaps.detached(LayerChoice.all());
            try (Scope block = Scope.open();
                    Scope inner = Scope.open()) {
                recorded(maps);
            }
            assertEquals(.25f, maps.at(SMALL).of(1).toFloats()[0], 1e-6f);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 12, 7, 5", "3, 12, 8, 4", "2, 6, 1, 9", "4, 20, 33, 1"})
    void explicitAttentionEqualsTheFusedKernel(int heads, int width, int pixels, int tokens) {
        try (Scope scope = Scope.open()) {
            CrossAttention attention = CrossAttention.of(Weights.of(new Initializer(2)), width, 5, heads);
            Tensor states = RNG.normal(Purpose.NOISE, 0, 1, 2, pixels, width);
            Tensor context = RNG.normal(Purpose.NOISE, 0, 2, 2, tokens, 5).requiresGrad(true);
            Tensor[] seen = new Tensor[1];
            Tensor fused = attention.apply(states, context);
            Tensor explicit = attention.apply(states, context, p -> seen[0] = p);
            assertArrayEquals(new long[] {2, pixels, width}, fused.shape());
            assertEquals(0, fused.minus(explicit).abs().sum().item() / fused.elements(), 1e-6);
            assertArrayEquals(new long[] {2, heads, pixels, tokens}, seen[0].shape());
            assertEquals(2.0 * heads * pixels, seen[0].sum().item(), 1e-3);
            Tensor one = Gradients.of(fused.square().sum(), List.of(context)).get(0);
            Tensor two = Gradients.of(explicit.square().sum(), List.of(context)).get(0);
            assertEquals(
                    0, one.minus(two).abs().sum().item(), 1e-4 * one.abs().sum().item());
        }
    }

    @Test
    void headsMustDivideTheWidth() {
        Weights weights = Weights.of(new Initializer(2));
        assertThrows(IllegalArgumentException.class, () -> CrossAttention.of(weights.at("attn2"), 10, 5, 3));
    }

    /** Two layers of 1x2 pixels with 2 heads, one of 2x4 with 1 head; 3 tokens. */
    private static AttentionMaps recorded(AttentionMaps maps) {
        Tensor first = Tensor.of(new float[] {.5f, .2f, .3f, .6f, .3f, .1f, .1f, .6f, .3f, .2f, .5f, .3f}, 1, 2, 2, 3);
        Tensor second = Tensor.of(new float[] {.8f, .1f, .1f, .5f, .4f, .1f, .8f, .1f, .1f, .5f, .4f, .1f}, 1, 2, 2, 3);
        float[] large = new float[8 * 3];
        for (int pixel = 0; pixel < 8; pixel++) {
            large[3 * pixel] = .5f - pixel * .1f;
            large[3 * pixel + 1] = .5f;
            large[3 * pixel + 2] = pixel * .1f;
        }
        show(maps, 0, SMALL, first);
        show(maps, 1, SMALL, second);
        show(maps, 2, LARGE, Tensor.of(large, 1, 1, 8, 3));
        return maps;
    }

    private static void show(AttentionMaps maps, int index, Resolution resolution, Tensor probabilities) {
        AttentionLayer layer = new AttentionLayer(index, "layer" + index, 1, 3);
        if (maps.wants(layer, resolution)) {
            maps.record(layer, resolution, probabilities);
        }
    }
}
