package dev.hapax.vision.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.vision.Raster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViltImageProcessorTest {
    private static final ViltImageProcessor PUBLISHED = ViltImageProcessor.of(Config.of(Map.of(
            "feature_extractor_type",
            "ViltFeatureExtractor",
            "size",
            384,
            "size_divisor",
            32,
            "image_mean",
            List.of(0.5, 0.5, 0.5),
            "image_std",
            List.of(0.5, 0.5, 0.5))));

    @Test
    void sidesAreWholePatchesAndTheLongerOneIsBounded() {
        assertEquals(List.of(512, 384), size(640, 480));
        assertEquals(List.of(384, 576), size(333, 500)); // 576.6 is cut down
        assertEquals(List.of(608, 192), size(1500, 500)); // 1152 x 384 shrinks to 639 x 213
        assertThrows(IllegalArgumentException.class, () -> size(900, 20));
    }

    private static List<Integer> size(int width, int height) {
        Raster resized = PUBLISHED.resize(new Raster(width, height, 3, new byte[width * height * 3]));
        return List.of(resized.width(), resized.height());
    }

    @Test
    void filesOfOtherProcessorsAreRefused() {
        assertThrows(
                CheckpointException.class,
                () -> ViltImageProcessor.of(Config.of(Map.of("image_processor_type", "DetrImageProcessor"))));
        assertThrows(
                CheckpointException.class,
                () -> ViltImageProcessor.of(
                        Config.of(Map.of("image_processor_type", "ViltImageProcessor", "do_resize", false))));
    }
}
