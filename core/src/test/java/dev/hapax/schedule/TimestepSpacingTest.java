package dev.hapax.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimestepSpacingTest {

    @Test
    void theExamplesOfThePaper() { // Lin et al. 2024, table 2, counted from 0
        assertArrayEquals(new long[] {900, 800, 700, 600, 500, 400, 300, 200, 100, 0}, of(TimestepSpacing.LEADING, 10));
        assertArrayEquals(
                new long[] {999, 888, 777, 666, 555, 444, 333, 222, 111, 0}, of(TimestepSpacing.LINSPACE, 10));
        assertArrayEquals(
                new long[] {999, 899, 799, 699, 599, 499, 399, 299, 199, 99}, of(TimestepSpacing.TRAILING, 10));
    }

    @ParameterizedTest
    @EnumSource(TimestepSpacing.class)
    void everyNumberOfStepsGivesSoManyFallingTimestepsInRange(TimestepSpacing spacing) {
        for (int steps = 1; steps <= 1000; steps++) {
            long[] timesteps = of(spacing, steps);
            assertEquals(steps, timesteps.length);
            for (int i = 0; i < steps; i++) {
                assertTrue(timesteps[i] >= 0 && timesteps[i] < 1000, spacing + " " + steps + ": " + timesteps[i]);
                assertTrue(i == 0 || timesteps[i] < timesteps[i - 1], spacing + " " + steps + " does not fall");
            }
        }
    }

    @Test
    void solversGetFallingTimestepsInRangeOrARefusal() {
        for (int steps = 1; steps < 1000; steps++) {
            falls(TimestepSpacing.LINSPACE, 1000, steps, 0);
            falls(TimestepSpacing.LEADING, 1000, steps, 0);
            falls(TimestepSpacing.TRAILING, 1000, steps, 0);
        }
        refuses("take 999 steps", TimestepSpacing.LINSPACE, 1000, 1000, 0);
        refuses("take 999 steps", TimestepSpacing.LEADING, 1000, 1000, 0);
        refuses("take 998 steps", TimestepSpacing.LEADING, 1000, 999, 1);
        refuses("take 19 steps", TimestepSpacing.TRAILING, 950, 20, 0);
        refuses("take another steps_offset", TimestepSpacing.LEADING, 1000, 3, 1000);
    }

    private static void falls(TimestepSpacing spacing, int last, int steps, int offset) {
        var timesteps = spacing.solverTimesteps(last, 1000, steps, offset);
        for (int i = 0; i < steps; i++) {
            assertTrue(timesteps[i] >= 0 && timesteps[i] < 1000, spacing + " " + steps + ": " + timesteps[i]);
            assertTrue(i == 0 || timesteps[i] < timesteps[i - 1], spacing + " " + steps + " does not fall");
        }
    }

    private static void refuses(String advice, TimestepSpacing spacing, int last, int steps, int offset) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> spacing.solverTimesteps(last, 1000, steps, offset))
                        .getMessage());
        assertTrue(message.endsWith("; " + advice), message);
    }

    @Test
    void moreStepsThanTimestepsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> of(TimestepSpacing.LEADING, 1001));
        assertThrows(IllegalArgumentException.class, () -> of(TimestepSpacing.TRAILING, 0));
    }

    private static long[] of(TimestepSpacing spacing, int steps) {
        return spacing.timesteps(1000, steps, 0);
    }
}
