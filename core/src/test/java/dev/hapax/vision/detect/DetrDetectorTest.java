package dev.hapax.vision.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.vision.Normalization;
import dev.hapax.vision.PictureBatch;
import dev.hapax.vision.Raster;
import dev.hapax.vision.Resampling;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DetrDetectorTest {

    private static Path model() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(DetrDetectorTest.class.getResource("/goldens/detr"))
                .toURI());
    }

    private static Raster picture() {
        byte[] samples = new byte[40 * 30 * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i * 7 % 251);
        }
        return new Raster(40, 30, 3, samples);
    }

    @Test
    void theMostCertainThingComesFirstAndPresenceIsItsScore() throws URISyntaxException {
        try (DetrDetector detector = DetrDetector.open(model())) {
            assertEquals(5, detector.labels().size());
            assertEquals(64, detector.hash().length());
            List<Detection> found = detector.detect(picture(), 0);
            assertEquals(7, found.size()); // all queries
            for (int i = 1; i < found.size(); i++) {
                assertTrue(found.get(i - 1).score() >= found.get(i).score(), found::toString);
            }
            Map<String, Double> presence = detector.presence(picture());
            assertEquals(List.copyOf(detector.labels()), List.copyOf(presence.keySet()));
            Detection best = found.get(0);
            assertEquals(best.score(), detector.presence(picture(), best.label()), 1e-6);
            for (Detection one : found) {
                assertTrue(presence.get(one.label()) >= one.score() - 1e-6);
            }
            List<Detection> few = detector.detect(picture(), best.score() - 1e-6);
            assertEquals(best, few.get(0));
            assertTrue(few.size() < found.size());
        }
    }

    @Test
    void aThingThatItDoesNotKnowIsRefused() throws URISyntaxException {
        try (DetrDetector detector = DetrDetector.open(model())) {
            var error = assertThrows(IllegalArgumentException.class, () -> detector.presence(picture(), "unicorn"));
            assertTrue(
                    String.valueOf(error.getMessage())
                            .startsWith("the detector does not know \"unicorn\"; it knows LABEL_0, "),
                    error.getMessage());
        }
    }

    @Test
    void aBatchHoldsEachPictureAtTheUpperLeft() {
        DetrImageProcessor processor = new DetrImageProcessor(6, 12, Resampling.BILINEAR, Normalization.IMAGE_NET);
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            Raster wide = new Raster(8, 6, 3, new byte[8 * 6 * 3]);
            Raster high = new Raster(3, 6, 3, new byte[3 * 6 * 3]);
            PictureBatch batch = processor.apply(List.of(wide, high));
            assertEquals(
                    List.of(6, 12),
                    List.of(
                            processor.resize(high).width(),
                            processor.resize(high).height()));
            assertEquals(48, batch.mask().select(0, 0).sum().item()); // 8 x 6 of 8 x 12
            assertEquals(72, batch.mask().select(0, 1).sum().item()); // 6 x 12
            assertEquals(
                    0, batch.pixels().select(0, 0).narrow(1, 6, 6).abs().sum().item());
            assertTrue(batch.pixels()
                            .select(0, 0)
                            .narrow(1, 0, 6)
                            .abs()
                            .min(false, 0, 1, 2)
                            .item()
                    > 0);
        }
    }

    @Test
    void sizesOfOldFilesStandBesideEachOther() {
        Map<String, Object> old = Map.of(
                "feature_extractor_type",
                "DetrFeatureExtractor",
                "size",
                600,
                "max_size",
                1000,
                "image_mean",
                List.of(0.5, 0.5, 0.5),
                "image_std",
                List.of(0.5, 0.5, 0.5));
        DetrImageProcessor processor = DetrImageProcessor.of(Config.of(old));
        assertEquals(600, processor.shortest());
        assertEquals(1000, processor.longest());
        assertEquals(new DetrImageProcessor.Size(600, 1000), processor.size(new DetrImageProcessor.Size(300, 500)));
        assertEquals(new DetrImageProcessor.Size(500, 1000), processor.size(new DetrImageProcessor.Size(100, 200)));
        Config other = Config.of(Map.of("image_processor_type", "ViTImageProcessor"));
        assertThrows(CheckpointException.class, () -> DetrImageProcessor.of(other));
    }
}
