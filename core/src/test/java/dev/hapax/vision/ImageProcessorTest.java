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

class ImageProcessorTest {
    private static final Map<String, Object> CONFIG =
            Map.of("size", 4, "crop_size", 2, "image_mean", List.of(0.5, 0.5, 0.5), "image_std", List.of(0.5, 0.25, 1));

    private static ImageProcessor processor(String key, String type) {
        return ImageProcessor.of(config(Map.of(key, type)));
    }

    private static Config config(Map<String, Object> own) {
        Map<String, Object> values = new HashMap<>(CONFIG);
        values.putAll(own);
        return Config.of(values);
    }

    @Test
    void theClassDecides() {
        Normalization normalization = new Normalization(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.25, 1.0));
        ImageProcessor square = new VitImageProcessor(4, 4, Resampling.BILINEAR, normalization);
        ImageProcessor cut = new ClipImageProcessor(4, Resampling.BICUBIC, 2, 2, normalization);
        assertEquals(square, processor("image_processor_type", "ViTImageProcessor"));
        assertEquals(square, processor("image_processor_type", "ViTImageProcessorFast"));
        assertEquals(square, processor("feature_extractor_type", "ViTFeatureExtractor"));
        assertEquals(cut, processor("image_processor_type", "BitImageProcessor"));
        assertEquals(cut, processor("feature_extractor_type", "CLIPFeatureExtractor"));
    }

    @Test
    void wholePicturesBecomeSquare() {
        try (Scope scope = Scope.open()) {
            ImageProcessor processor = ImageProcessor.of(config(Map.of(
                    "image_processor_type",
                    "ViTImageProcessor",
                    "size",
                    Map.of("width", 1, "height", 2),
                    "resample",
                    4)));
            // two pixels beside each other are averaged, rows stay
            Raster picture = new Raster(2, 2, 3, new byte[] {0, 0, 0, 102, 102, 102, -1, -1, -1, -1, -1, -1});
            assertArrayEquals(new long[] {1, 3, 2, 1}, processor.apply(picture).shape());
            assertArrayEquals(
                    new float[] {(0.2f - 0.5f) / 0.5f, 1, (0.2f - 0.5f) / 0.25f, 2, 0.2f - 0.5f, 0.5f},
                    processor.apply(picture).toFloats(),
                    1e-6f);
        }
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        fails(
                "image_processor_type",
                "DetrImageProcessor",
                "ViTImageProcessor or BlipImageProcessor, got \"DetrImageProcessor\"");
        fails("size_divisor", "32", "\"image_processor_type\" must be");
        Config unscaled = config(Map.of("image_processor_type", "ViTImageProcessor", "do_rescale", false));
        String message = String.valueOf(assertThrows(CheckpointException.class, () -> ImageProcessor.of(unscaled))
                .getMessage());
        assertTrue(message.contains("\"do_rescale\" is false"), message);
    }

    private static void fails(String key, String value, String expected) {
        String message = String.valueOf(assertThrows(CheckpointException.class, () -> processor(key, value))
                .getMessage());
        assertTrue(message.contains(expected), message);
    }

    @Test
    void oddBordersAreHalvedToTheEvenNeighbour() {
        DinoTransform transform = new DinoTransform(2, 2);
        assertArrayEquals(new byte[] {2, 3, 2, 3}, transform.cut(ramp(5)).samples()); // 1.5 columns are lost: 2
        assertArrayEquals(new byte[] {2, 3, 2, 3}, transform.cut(ramp(7)).samples()); // 2.5 columns are lost: 2
        assertThrows(IllegalArgumentException.class, () -> new DinoTransform(2, 3));
        assertEquals(new DinoTransform(256, 224), DinoTransform.standard());
    }

    /** Two rows 0, 1, 2, ..., grey. */
    private static Raster ramp(int width) {
        byte[] samples = new byte[2 * width];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i % width);
        }
        return new Raster(width, 2, 1, samples);
    }
}
