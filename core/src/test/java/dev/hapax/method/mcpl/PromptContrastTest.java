package dev.hapax.method.mcpl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptContrastTest {
    private static final List<Integer> TWO_WORDS_TWICE = List.of(0, 1, 0, 1);

    private static double loss(double[] rows, int width, List<Integer> labels, double temperature) {
        try (Scope scope = Scope.open()) {
            return PromptContrast.contrast(Tensor.of(rows, labels.size(), width), labels, temperature)
                    .item();
        }
    }

    @ParameterizedTest // computed by hand in double arithmetic; one positive for each row
    @CsvSource({"0.2, 0.033854", "0.3, 0.121353", "0.07, 0.000033"})
    void twoSamplesOfTwoWords(double temperature, double expected) {
        double[] rows = {1, 0, 0, 1, 1, .2, .1, 1};
        assertEquals(expected, loss(rows, 2, TWO_WORDS_TWICE, temperature), 1e-6);
    }

    @Test
    void everyOtherRowOfAConceptIsPositive() {
        double[] rows = {1, 0, 0, 0, 1, 0, 1, .1, 0, 0, 1, .1, .9, 0, .2, .1, 1, 0, 1, 0, .3, 0, .8, .1};
        assertEquals(1.113695, loss(rows, 3, List.of(0, 1, 0, 1, 0, 1, 0, 1), 0.2), 1e-6);
    }

    @Test
    void theOrderOfRowsDoesNotMatter() {
        double[] rows = {1, 0, 1, .2, 0, 1, .1, 1};
        assertEquals(0.033854, loss(rows, 2, List.of(0, 0, 1, 1), 0.2), 1e-6);
    }

    @Test
    void aStepAgainstTheGradientBringsAConceptTogether() {
        try (Scope scope = Scope.open()) {
            Tensor rows =
                    Tensor.of(new double[] {1, .5, .2, 1, .8, .6, .5, 1}, 4, 2).requiresGrad(true);
            Tensor loss = PromptContrast.contrast(rows, TWO_WORDS_TWICE, 0.3);
            Tensor moved =
                    rows.detach().minus(Gradients.of(loss, List.of(rows)).get(0).times(0.1));
            assertTrue(PromptContrast.contrast(moved, TWO_WORDS_TWICE, 0.3).item() < loss.item());
        }
    }

    @Test
    void rowsThatAreAllAloneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> loss(new double[] {1, 0, 0, 1}, 2, List.of(0, 1), 0.2));
    }
}
