package dev.hapax.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.Config;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run refuses when it starts, before any model is called. */
class SamplerLimitsTest {

    @Test
    void stepsThatReachBehindTheScheduleAreRefused() {
        for (String name : List.of("ddim", "ddpm", "pndm", "euler")) {
            assertEquals(
                    "1000 timesteps of spacing leading with steps_offset 1 would run from 1000 to 1, and must differ and"
                            + " lie in [0, 1000); take 999 steps",
                    refusal(named(name, PredictionType.EPSILON, false), 1000),
                    name);
            named(name, PredictionType.EPSILON, false).start(999).close();
        }
    }

    @Test
    void solversRefuseStepsThatAreAllTheSame() {
        for (String name : List.of("dpm++2m", "dpm++2m-sde", "unipc")) {
            String message = refusal(named(name, PredictionType.EPSILON, false), 1000);
            assertTrue(message.contains("run from 1 to 1,"), message);
            assertTrue(message.endsWith("; take 998 steps"), message);
            named(name, PredictionType.EPSILON, false).start(998).close();
        }
        String message = refusal(named("dpm++2s", PredictionType.EPSILON, false), 1000);
        assertTrue(message.endsWith("; take 999 steps"), message);
        named("dpm++2m-karras", PredictionType.EPSILON, false).start(1000).close(); // its levels are no timesteps
    }

    @Test
    void clippedSchedulesKeepFewerTrailingSteps() {
        Sampler sampler = Samplers.of(Config.of(Map.of(
                "_class_name",
                "DPMSolverMultistepScheduler",
                "timestep_spacing",
                "trailing",
                "lambda_min_clipped",
                -4.0,
                "beta_schedule",
                "squaredcos_cap_v2")));
        String message = refusal(sampler, 500);
        assertTrue(
                message.contains("lambda_min_clipped, which keeps 988 timesteps, would run from 987 to -11"), message);
        assertTrue(message.endsWith("; take 79 steps"), message);
        assertEquals(0, sampler.start(79).timestep(78));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ddim", "ddpm", "lcm"})
    void pureNoiseTellsNothingToModelsThatPredictIt(String name) {
        assertEquals(
                "rescale_betas_zero_snr leaves nothing of the sample at timestep 999, by which this sampler divides when"
                        + " the model predicts epsilon; take euler or dpm++2m",
                refusal(named(name, PredictionType.EPSILON, true), 5));
        named(name, PredictionType.V_PREDICTION, true).start(5).close();
        named(name, PredictionType.SAMPLE, true).start(5).close();
        named("euler", PredictionType.EPSILON, true).start(5).close();
    }

    @Test
    void pndmDividesWhateverIsPredicted() {
        for (PredictionType prediction : List.of(PredictionType.EPSILON, PredictionType.V_PREDICTION)) {
            String message = refusal(named("pndm", prediction, true), 5);
            assertTrue(message.contains("at timestep 999, by which PNDM divides;"), message);
            NoiseSchedule schedule = schedule(prediction).withZeroTerminalSnr();
            new Pndm(schedule, TimestepSpacing.LEADING, 1, true, false).start(5).close(); // leaves the noisiest out
        }
    }

    private static String refusal(Sampler sampler, int steps) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> sampler.start(steps))
                .getMessage());
    }

    private static Sampler named(String name, PredictionType prediction, boolean pureNoise) {
        NoiseSchedule schedule = schedule(prediction);
        return Samplers.named(name, pureNoise ? schedule.withZeroTerminalSnr() : schedule);
    }

    private static NoiseSchedule schedule(PredictionType prediction) {
        return NoiseSchedule.of(BetaSchedule.SCALED_LINEAR, 1000, 0.00085, 0.012, prediction);
    }
}
