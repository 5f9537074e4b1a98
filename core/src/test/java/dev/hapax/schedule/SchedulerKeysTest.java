package dev.hapax.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys that mean something to some classes and nothing to others, as in diffusers 0.36. */
class SchedulerKeysTest {

    @Test
    void eulerAncestralKnowsNoSpreadAndNoLeastNoise() {
        Config config = Config.of(Map.of(
                "_class_name",
                "EulerAncestralDiscreteScheduler",
                "use_karras_sigmas",
                true,
                "final_sigmas_type",
                "sigma_min",
                "timestep_type",
                "continuous"));
        assertEquals(
                new SigmaPlan(TimestepSpacing.LINSPACE, 0, SigmaSpacing.TIMESTEPS, true),
                ((EulerAncestral) Samplers.of(config)).plan());
    }

    @Test
    void heunAndLmsAlwaysEndAtNoNoise() {
        SigmaPlan karras = new SigmaPlan(TimestepSpacing.LINSPACE, 0, SigmaSpacing.KARRAS, true);
        assertEquals(karras, ((Heun) Samplers.of(karrasToLeastNoise("HeunDiscreteScheduler"))).plan());
        assertEquals(karras, ((Lms) Samplers.of(karrasToLeastNoise("LMSDiscreteScheduler"))).plan());
        assertEquals(
                new SigmaPlan(TimestepSpacing.LINSPACE, 0, SigmaSpacing.KARRAS, false),
                ((Euler) Samplers.of(karrasToLeastNoise("EulerDiscreteScheduler"))).plan());
    }

    private static Config karrasToLeastNoise(String className) {
        return Config.of(Map.of("_class_name", className, "use_karras_sigmas", true, "final_sigmas_type", "sigma_min"));
    }

    /** The numbers are those of diffusers' formulas with logarithms in fp64. */
    @Test
    void solversCutExponentialTimestepsOff() {
        Config config = Config.of(Map.of(
                "_class_name",
                "DPMSolverMultistepScheduler",
                "use_exponential_sigmas",
                true,
                "beta_schedule",
                "scaled_linear",
                "beta_start",
                0.00085,
                "beta_end",
                0.012));
        try (Trajectory run = Samplers.of(config).start(10)) {
            assertArrayEquals(
                    new double[] {999, 874, 723, 538, 329, 152, 52, 14, 2, 0},
                    IntStream.range(0, 10).mapToDouble(run::timestep).toArray());
        }
    }

    @Test
    void predictEpsilonIsTheOldNameOfWhatIsPredicted() {
        assertEquals(PredictionType.EPSILON, prediction(Map.of("predict_epsilon", true)));
        assertEquals(PredictionType.SAMPLE, prediction(Map.of("predict_epsilon", false)));
        assertEquals(PredictionType.SAMPLE, prediction(Map.of("predict_epsilon", false, "prediction_type", "sample")));
        for (String type : new String[] {"sample", "v_prediction"}) {
            String message = String.valueOf(assertThrows(
                            CheckpointException.class,
                            () -> prediction(Map.of("predict_epsilon", true, "prediction_type", type)))
                    .getMessage());
            assertEquals(
                    "the given configuration: \"predict_epsilon\" says that the model predicts epsilon,"
                            + " \"prediction_type\" says " + type + "; remove the wrong one",
                    message);
        }
    }

    private static PredictionType prediction(Map<String, ?> config) {
        return NoiseSchedule.of(Config.of(config)).prediction();
    }
}
