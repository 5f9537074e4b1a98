package dev.hapax.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoiseScheduleTest {
    private static final Rng RNG = new Rng(11);

    @ParameterizedTest
    @EnumSource(PredictionType.class)
    void aPerfectPredictionGivesBackTheCleanSamples(PredictionType prediction) {
        try (Scope scope = Scope.open()) {
            NoiseSchedule schedule = NoiseSchedule.of(BetaSchedule.SCALED_LINEAR, 1000, 0.00085, 0.012, prediction);
            Tensor clean = RNG.normal(Purpose.EVALUATION, 0, 0, 3, 2, 4, 4).to(dev.hapax.tensor.DType.FLOAT64);
            Tensor noise = RNG.normal(Purpose.EVALUATION, 0, 1, 3, 2, 4, 4).to(dev.hapax.tensor.DType.FLOAT64);
            long[] timesteps = {0, 500, 999};
            Tensor noised = schedule.addNoise(clean, noise, timesteps);
            Tensor back = schedule.clean(schedule.target(clean, noise, timesteps), noised, timesteps);
            assertArrayEquals(clean.toDoubles(), back.toDoubles(), 1e-12);
        }
    }

    @Test
    void alphasAreCumulativeProducts() {
        NoiseSchedule schedule = NoiseSchedule.ofBetas(new float[] {0.5f, 0.25f, 0.0f}, PredictionType.EPSILON);
        assertEquals(0.5, schedule.alphaCumprod(0));
        assertEquals(0.375, schedule.alphaCumprod(1));
        assertEquals(0.375, schedule.alphaCumprod(2));
        assertEquals(1, schedule.snr(0));
    }

    @Test
    void rescalingLeavesTheFirstTimestepAndEmptiesTheLast() {
        NoiseSchedule schedule =
                NoiseSchedule.of(BetaSchedule.SCALED_LINEAR, 1000, 0.00085, 0.012, PredictionType.V_PREDICTION);
        NoiseSchedule rescaled = schedule.withZeroTerminalSnr();
        assertEquals(schedule.alphaCumprod(0), rescaled.alphaCumprod(0), 1e-6);
        assertEquals(0, rescaled.alphaCumprod(999));
        assertTrue(rescaled.endsInPureNoise());
        assertTrue(rescaled.alphaCumprod(500) < schedule.alphaCumprod(500));
    }

    @Test
    void trainedBetasWinOverAFormula() {
        NoiseSchedule schedule = NoiseSchedule.of(
                Config.of(Map.of("trained_betas", new double[] {0.1, 0.2}, "beta_schedule", "linear")));
        assertEquals(2, schedule.timesteps());
        assertEquals(0.1f, schedule.beta(0));
    }

    @Test
    void aMisspelledKeyIsAnErrorThatNamesTheNearest() {
        CheckpointException e =
                assertThrows(CheckpointException.class, () -> NoiseSchedule.of(Config.of(Map.of("beta_strat", 0.1))));
        assertMessage(e, "beta_start");
    }

    @Test
    void unknownValuesAreErrorsThatNameTheKnownOnes() {
        var schedule = assertThrows(
                IllegalArgumentException.class,
                () -> NoiseSchedule.of(Config.of(Map.of("beta_schedule", "quadratic"))));
        assertMessage(schedule, "scaled_linear");
        var prediction = assertThrows(
                IllegalArgumentException.class, () -> NoiseSchedule.of(Config.of(Map.of("prediction_type", "x0"))));
        assertMessage(prediction, "v_prediction");
    }

    @Test
    void timestepsMustFitTheBatchAndTheSchedule() {
        try (Scope scope = Scope.open()) {
            NoiseSchedule schedule = NoiseSchedule.of(Config.of(Map.of("num_train_timesteps", 10)));
            Tensor x = Tensor.of(new float[4], 2, 2);
            assertThrows(IllegalArgumentException.class, () -> schedule.addNoise(x, x, 1));
            assertThrows(IllegalArgumentException.class, () -> schedule.addNoise(x, x, 1, 10));
            assertThrows(IllegalArgumentException.class, () -> schedule.addNoise(x, x, -1, 1));
        }
    }

    private static void assertMessage(Exception e, String part) {
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains(part), message);
    }
}
