package dev.hapax.picturebook.check;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.picturebook.world.Rendering;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.vision.Raster;
import dev.hapax.vision.detect.AveragePrecision;
import dev.hapax.vision.detect.DetectedPicture;
import dev.hapax.vision.detect.DetrDetector;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Compares what the model's detector finds with what there is. */
final class DetectorCheck implements AutoCloseable {
    private static final String PART = "detector";

    private final DetrDetector detector;

    private DetectorCheck(DetrDetector detector) {
        this.detector = detector;
    }

    /** The check of a model's detector, if it has one. */
    static Optional<DetectorCheck> of(ModelFolder model) {
        return model.has(PART) ? Optional.of(new DetectorCheck(DetrDetector.open(model.path(PART)))) : Optional.empty();
    }

    /** What it finds in a picture of a rendered scene. */
    DetectedPicture look(Scene scene, Rendering rendering, BufferedImage picture) {
        return new DetectedPicture(detector.detect(Raster.of(picture), 0), SceneTruth.of(scene, rendering));
    }

    /** All together. */
    DetectorScore score(
            List<DetectedPicture> renderings, List<DetectedPicture> reconstructions, List<Drawing> drawings) {
        return new DetectorScore(
                precision(renderings),
                reconstructions.isEmpty() ? Optional.empty() : Optional.of(precision(reconstructions)),
                presence(drawings));
    }

    private AveragePrecision precision(List<DetectedPicture> pictures) {
        return AveragePrecision.of(pictures, detector.labels(), DetectorScore.OVERLAP);
    }

    private OptionalDouble presence(List<Drawing> drawings) {
        return drawings.stream()
                .flatMapToDouble(drawing -> {
                    var presence = detector.presence(Raster.of(drawing.image()));
                    return drawing.scene().things().stream()
                            .mapToDouble(
                                    thing -> presence.getOrDefault(thing.kind().word(), 0.0));
                })
                .average();
    }

    @Override
    public void close() {
        detector.close();
    }
}
