package dev.hapax.picturebook.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Rendering;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.render.Renderer;
import dev.hapax.vision.Raster;
import dev.hapax.vision.detect.AveragePrecision;
import dev.hapax.vision.detect.DetectedPicture;
import dev.hapax.vision.detect.DetrDetector;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EmbeddedDetectorTest {
    private static final int PICTURES = 60;
    private static final long MOST_BYTES = 48L << 20; // of the whole model

    private static Path model() throws URISyntaxException {
        var landmark = EmbeddedDetectorTest.class.getResource("/dev/hapax/picturebook/model/model_index.json");
        return Objects.requireNonNull(
                Path.of(Objects.requireNonNull(landmark).toURI()).getParent());
    }

    @Test
    void findsThingsInHeldOutRenderingsOfAnySize() throws URISyntaxException {
        List<DetectedPicture> pictures = new ArrayList<>();
        double there = 0;
        double elsewhere = 0;
        try (DetrDetector detector = DetrDetector.open(model().resolve("detector"))) {
            assertEquals(Stream.of(Kind.values()).map(Kind::word).toList(), detector.labels());
            for (int i = 0; i < PICTURES; i++) {
                Scene scene = HeldOut.rendering(i);
                Rendering rendering = new Renderer().render(scene, i % 2 == 0 ? 128 : 200);
                Raster picture = Raster.of(rendering.image());
                pictures.add(new DetectedPicture(detector.detect(picture, 0), SceneTruth.of(scene, rendering)));
                Map<String, Double> presence = detector.presence(picture);
                double sum = presence.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                double own = scene.things().stream()
                        .mapToDouble(thing -> presence.getOrDefault(thing.kind().word(), 0.0))
                        .sum();
                there += own / 2 / PICTURES;
                elsewhere += (sum - own) / (presence.size() - 2) / PICTURES;
            }
            double mean = AveragePrecision.of(pictures, detector.labels(), DetectorScore.OVERLAP)
                    .mean();
            assertTrue(mean >= DetectorScore.BAR, "mean average precision " + mean);
            assertTrue(there > 0.8 && elsewhere < 0.05, "presence " + there + ", of other kinds " + elsewhere);
        }
    }

    @Test
    void theModelStaysSmall() throws Exception {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(model())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        assertTrue(bytes < MOST_BYTES, bytes + " bytes");
    }
}
