package dev.hapax.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.tensor.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClipImageProcessorTest {
    private static Map<String, Object> config() {
        return new HashMap<>(Map.of(
                "size", 2,
                "crop_size", Map.of("width", 2, "height", 2),
                "image_mean", List.of(0.5, 0.25, 0),
                "image_std", List.of(0.5, 0.5, 2)));
    }

    @Test
    void scalesAndNormalisesPerChannel() {
        ClipImageProcessor processor = ClipImageProcessor.of(Config.of(config()));
        Raster picture =
                new Raster(3, 2, 3, new byte[] {9, 9, 9, 0, 0, 0, 51, 51, 51, 9, 9, 9, 102, 102, 102, -1, -1, -1});
        try (Scope scope = Scope.open()) {
            // as wide pictures lose (3 - 2) / 2 = 0 columns on the left, the first stays
            float[] values = processor.apply(picture).toFloats();
            float nine = 9 / 255f;
            assertArrayEquals(
                    new float[] {
                        (nine - 0.5f) / 0.5f,
                        -1,
                        (nine - 0.5f) / 0.5f,
                        -0.2f,
                        (nine - 0.25f) / 0.5f,
                        -0.5f,
                        (nine - 0.25f) / 0.5f,
                        0.3f,
                        nine / 2,
                        0,
                        nine / 2,
                        0.2f
                    },
                    values,
                    1e-6f);
        }
    }

    @Test
    void processorsThatDoSomethingElseAreRefused() {
        Map<String, Object> skipping = config();
        skipping.put("do_center_crop", false);
        fails(skipping, "\"do_center_crop\" is false");
        Map<String, Object> scaling = config();
        scaling.put("rescale_factor", 1.0);
        fails(scaling, "\"rescale_factor\" must be 1/255, got 1.0");
        Map<String, Object> sizeless = config();
        sizeless.remove("size");
        fails(sizeless, "\"size\" is missing");
    }

    private static void fails(Map<String, Object> config, String expected) {
        String message =
                String.valueOf(assertThrows(CheckpointException.class, () -> ClipImageProcessor.of(Config.of(config)))
                        .getMessage());
        assertTrue(message.contains(expected), message);
        assertEquals(1, message.lines().count());
    }
}
