package dev.hapax.vision.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentTest {

    @Test
    void theBestChoiceOfEachRowAloneIsNotTheBestOfAll() {
        double[][] costs = {{1, 2, 9}, {1, 4, 9}};
        assertArrayEquals(new int[] {1, 0}, Assignment.cheapest(costs)); // 2 + 1, not 1 + 4
        assertArrayEquals(new int[0], Assignment.cheapest(new double[0][]));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5", "2, 2", "3, 7", "4, 4", "5, 6", "6, 6"})
    void asCheapAsTheBestOfAllAssignments(int rows, int columns) {
        Rng rng = new Rng(rows * 10L + columns);
        for (int round = 0; round < 200; round++) {
            double[][] costs = new double[rows][columns];
            for (int i = 0; i < rows * columns; i++) {
                // half of the rounds hold small whole numbers, so that many costs are equal
                double value = 10 * rng.uniform(Purpose.NOISE, round, 0, i) - 5;
                costs[i / columns][i % columns] = round % 2 == 0 ? value : Math.rint(value / 2);
            }
            int[] chosen = Assignment.cheapest(costs);
            assertEquals(rows, Arrays.stream(chosen).distinct().count(), () -> Arrays.toString(chosen));
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += costs[row][chosen[row]];
            }
            assertEquals(cheapest(costs, 0, new boolean[columns]), sum, 1e-9);
        }
    }

    private static double cheapest(double[][] costs, int row, boolean[] taken) {
        if (row == costs.length) {
            return 0;
        }
        double best = Double.POSITIVE_INFINITY;
        for (int column = 0; column < taken.length; column++) {
            if (!taken[column]) {
                taken[column] = true;
                best = Math.min(best, costs[row][column] + cheapest(costs, row + 1, taken));
                taken[column] = false;
            }
        }
        return best;
    }

    @Test
    void tooManyRowsAndCostsThatAreNoNumbersAreRefused() {
        var many = assertThrows(IllegalArgumentException.class, () -> Assignment.cheapest(new double[][] {{1}, {2}}));
        assertEquals("2 rows cannot have columns of their own out of 1", many.getMessage());
        var none = assertThrows(
                IllegalArgumentException.class, () -> Assignment.cheapest(new double[][] {{1, Double.NaN}}));
        assertEquals("costs must be 2 finite numbers in each row, got [1.0, NaN]", none.getMessage());
    }
}
