package dev.hapax.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.attention.AttentionMaps;
import dev.hapax.checkpoint.Config;
import dev.hapax.schedule.Samplers;
import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MomentTest {
    /** Of the authors' sampler: 50 steps of LMS, and the same levels where picture and noise share the variance. */
    @Test
    void noiseLevelsAreThoseOfTheAuthors() {
        double[] sigmas = {14.615, 12.937, 11.492, 10.243, 9.160, 8.219, 7.397, 6.678, 6.047, 5.490};
        List<Double> levels = new ArrayList<>();
        try (Scope scope = Scope.open();
                Trajectory run = Samplers.of(Config.of(Map.of(
                                "_class_name",
                                "LMSDiscreteScheduler",
                                "beta_schedule",
                                "scaled_linear",
                                "beta_start",
                                0.00085,
                                "beta_end",
                                0.012)))
                        .start(50)) {
            for (int call = 0; call < sigmas.length; call++) {
                levels.add(new Moment(run, call, 0, (x, layers) -> AttentionMaps.detached(layers)).noiseLevel());
            }
        }
        for (int call = 0; call < sigmas.length; call++) {
            assertEquals(sigmas[call], levels.get(call), 2e-3, "call " + call);
        }
        double first = 1 - 1 / (1 + Math.pow(levels.get(0), 2)); // 1 - a_t
        double last = 1 - 1 / (1 + Math.pow(levels.get(9), 2));
        assertEquals(0.9953, first, 1e-4);
        assertEquals(0.9679, last, 1e-4);
    }
}
