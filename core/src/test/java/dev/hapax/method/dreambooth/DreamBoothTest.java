package dev.hapax.method.dreambooth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Method;
import dev.hapax.learning.TinyTeaching;
import dev.hapax.learning.Tuning;
import java.util.List;
import org.junit.jupiter.api.Test;

class DreamBoothTest {
    private static Method<DenoisingPass> method(double prior) {
        return DreamBooth.of(List.of(), "a photo of sks cat", List.of("{}"), Tuning.UNET, prior);
    }

    @Test
    void whatRegularisesCountsWithItsWeight() {
        try (TinyTeaching tiny = new TinyTeaching()) {
            List<Double> plain = tiny.losses(method(1));
            assertTrue(plain.get(1) > 0.01, plain.toString());
            List<Double> weighted = tiny.losses(method(0.25));
            assertEquals(plain.get(0), weighted.get(0), 1e-6);
            assertEquals(plain.get(1) / 4, weighted.get(1), 1e-6);
            assertEquals(1, tiny.losses(method(0)).size(), "without it only the pictures count");
        }
    }
}
