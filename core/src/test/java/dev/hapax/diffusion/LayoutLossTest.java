package dev.hapax.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.attention.AttentionMaps;
import dev.hapax.attention.LayerChoice;
import dev.hapax.attention.Resolution;
import dev.hapax.diffusion.LayoutLoss.Placed;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.detect.Box;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutLossTest {
    private static final Box LEFT = new Box(0.1, 0.2, 0.5, 0.8); // the authors' two constant boxes
    private static final Box RIGHT = new Box(0.6, 0.2, 0.95, 0.8);

    private static void record(AttentionMaps maps, int index, Resolution size, Tensor probabilities) {
        maps.record(new AttentionLayer(index, "layer " + index, 8, 4), size, probabilities);
    }

    @ParameterizedTest // one map of 8 x 8 and three of 16 x 16, all the same everywhere
    @CsvSource({"true, 0.5789775848", "false, 0.7602539063"})
    void evenAttentionToTheAuthorsBoxes(boolean squared, double expected) {
        try (Scope scope = Scope.open()) {
            AttentionMaps maps = AttentionMaps.withGradient(LayerChoice.all());
            for (int layer = 0; layer < 4; layer++) {
                Resolution size = Resolution.square(layer == 0 ? 8 : 16);
                record(
                        maps,
                        layer,
                        size,
                        Tensor.ones(DType.FLOAT32, 2, 3, size.pixels(), 5).over(5));
            }
            List<Placed> things =
                    List.of(new Placed(List.of(2), List.of(LEFT)), new Placed(List.of(4), List.of(RIGHT)));
            float[] losses = new LayoutLoss(squared).of(maps, things).toFloats();
            assertEquals(2, losses.length);
            assertEquals(expected, losses[0], 1e-6);
            assertEquals(expected, losses[1], 1e-6);
        }
    }

    @Test
    void boxesCoverWholeCells() {
        try (Scope scope = Scope.open()) {
            assertEquals(
                    20,
                    LayoutLoss.mask(Resolution.square(8), List.of(LEFT)).sum().item());
            assertEquals(
                    15,
                    LayoutLoss.mask(Resolution.square(8), List.of(RIGHT)).sum().item());
            assertEquals(
                    63,
                    LayoutLoss.mask(Resolution.square(16), List.of(LEFT)).sum().item());
            assertEquals(
                    54,
                    LayoutLoss.mask(Resolution.square(16), List.of(RIGHT)).sum().item());
            // rows by columns; the union counts; a box smaller than a cell has the cell that it begins in
            float[] cells = {0, 0, 0, 1, 1, 0};
            List<Box> two = List.of(new Box(0, 0.5, 0.5, 1), new Box(0.4, 0.6, 0.5, 0.7));
            assertArrayEquals(cells, LayoutLoss.mask(new Resolution(2, 3), two).toFloats());
            float[] corner = {0, 0, 0, 0, 0, 1};
            assertArrayEquals(
                    corner,
                    LayoutLoss.mask(new Resolution(2, 3), List.of(new Box(0.99, 0.99, 1, 1)))
                            .toFloats());
        }
    }

    private static double loss(Tensor probabilities, boolean squared) {
        AttentionMaps maps = AttentionMaps.withGradient(LayerChoice.all());
        record(maps, 0, Resolution.square(4), probabilities);
        return new LayoutLoss(squared).of(maps, things()).sum().item();
    }

    private static List<Placed> things() {
        return List.of(
                new Placed(List.of(0, 2), List.of(new Box(0, 0, 0.5, 0.5))),
                new Placed(List.of(1), List.of(new Box(0.5, 0, 1, 1), new Box(0, 0.75, 0.25, 1))));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void theGradientIsThatOfSmallChanges(boolean squared) {
        try (Scope scope = Scope.open()) {
            Tensor scores = new Rng(1).normal(Purpose.NOISE, 0, 0, 1, 2, 16, 3).to(DType.FLOAT64);
            Tensor probabilities = scores.softmax(-1).requiresGrad(true);
            AttentionMaps maps = AttentionMaps.withGradient(LayerChoice.all());
            record(maps, 0, Resolution.square(4), probabilities);
            Tensor value = new LayoutLoss(squared).of(maps, things()).sum();
            double[] gradient =
                    Gradients.of(value, List.of(probabilities)).get(0).toDoubles();
            double[] numbers = probabilities.toDoubles();
            for (int i = 0; i < numbers.length; i += 5) {
                double[] more = numbers.clone();
                double[] less = numbers.clone();
                more[i] += 1e-5;
                less[i] -= 1e-5;
                double slope =
                        (loss(Tensor.of(more, 1, 2, 16, 3), squared) - loss(Tensor.of(less, 1, 2, 16, 3), squared))
                                / 2e-5;
                assertEquals(slope, gradient[i], 1e-6);
            }
        }
    }

    @Test
    void headsTokensAndThingsAreAveraged() {
        try (Scope scope = Scope.open()) {
            // two cells, the box is the left one; two heads, two tokens
            float[] looks = {0.5f, 0.1f, 0.5f, 0.3f, 0.2f, 0.4f, 0.6f, 0};
            AttentionMaps maps = AttentionMaps.withGradient(LayerChoice.all());
            record(maps, 0, new Resolution(1, 2), Tensor.of(looks, 1, 2, 2, 2));
            List<Placed> thing = List.of(new Placed(List.of(0, 1), List.of(new Box(0, 0, 0.5, 1))));
            // outside: token 0 of head 0 1/2, token 1 3/4; of head 1 3/4 and 0
            assertEquals(
                    (0.5 + 0.75 + 0.75 + 0) / 4,
                    new LayoutLoss(false).of(maps, thing).item(),
                    1e-6);
            assertEquals(
                    (0.25 + 0.5625 + 0.5625) / 4,
                    new LayoutLoss(true).of(maps, thing).item(),
                    1e-6);
        }
    }

    @Test
    void aHeadThatDoesNotSeeTheWordAtAllHasNoOpinion() {
        try (Scope scope = Scope.open()) {
            Tensor looks =
                    Tensor.of(new float[] {0.25f, 0, 0.75f, 0}, 1, 2, 2, 1).requiresGrad(true);
            Tensor blind = looks.times(Tensor.of(new float[] {1, 1, 0, 0}, 1, 2, 2, 1)); // the second head sees nothing
            AttentionMaps maps = AttentionMaps.withGradient(LayerChoice.all());
            record(maps, 0, new Resolution(1, 2), blind);
            List<Placed> thing = List.of(new Placed(List.of(0), List.of(new Box(0, 0, 0.5, 1))));
            Tensor loss = new LayoutLoss(true).of(maps, thing).sum();
            assertEquals(0.5, loss.item(), 1e-6); // 0 and 1
            for (float slope : Gradients.of(loss, List.of(looks)).get(0).toFloats()) {
                assertEquals(0, slope, 1e-6);
            }
        }
    }

    @Test
    void nothingToHoldIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Placed(List.of(), List.of(LEFT)));
        assertThrows(IllegalArgumentException.class, () -> new Placed(List.of(1), List.of()));
        try (Scope scope = Scope.open()) {
            AttentionMaps none = AttentionMaps.withGradient(LayerChoice.all());
            var error = assertThrows(IllegalArgumentException.class, () -> new LayoutLoss(true).of(none, things()));
            assertEquals(
                    "the loss of a layout needs at least one layer and one thing, got 0 layers and 2 things",
                    error.getMessage());
        }
    }
}
