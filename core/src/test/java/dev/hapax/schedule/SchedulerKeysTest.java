package dev.hapax.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.checkpoint.Config;
import java.util.Map;
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
}
