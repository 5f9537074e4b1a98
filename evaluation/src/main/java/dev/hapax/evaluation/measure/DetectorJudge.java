package dev.hapax.evaluation.measure;

import dev.hapax.vision.Raster;
import dev.hapax.vision.detect.DetrDetector;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A detector as a judge of presence: how likely the things that a prompt asks for are in an image (Zhang et al. 2024,
 * Compositional Inversion, who take DETR). A thing is as likely as the likeliest guess for it, wherever that is.
 */
public final class DetectorJudge implements PresenceJudge, AutoCloseable {
    /** What is surer than this is there: the authors of Compositional Inversion, of their CoI likelihood. */
    private static final double SURE = 0.8;

    private final DetrDetector detector;

    private DetectorJudge(DetrDetector detector) {
        this.detector = detector;
    }

    /**
     * Opens the DETR in a folder.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if a file is missing or damaged
     */
    public static DetectorJudge open(Path detector) {
        return new DetectorJudge(DetrDetector.open(detector));
    }

    /** SHA-256 of the weights that judge, in hexadecimal. */
    public String hash() {
        return detector.hash();
    }

    /** Whether it knows all these things by their names. */
    public boolean knows(Collection<String> things) {
        return detector.labels().containsAll(things);
    }

    /** How likely each thing that it knows is in a picture, in [0, 1]. */
    public Map<String, Double> presence(BufferedImage picture) {
        return detector.presence(Raster.of(picture));
    }

    @Override
    public Optional<Set<String>> present(BufferedImage image, List<String> things) {
        if (!knows(things)) {
            return Optional.empty();
        }
        Map<String, Double> likely = presence(image);
        return Optional.of(things.stream()
                .filter(thing -> Objects.requireNonNull(likely.get(thing)) > SURE)
                .collect(Collectors.toSet()));
    }

    /**
     * How likely things are in a picture, on average.
     *
     * @param things names, at least one
     * @return in [0, 1]
     * @throws IllegalArgumentException if there is none, or it does not know one
     */
    public double presence(BufferedImage picture, Collection<String> things) {
        if (things.isEmpty() || !knows(things)) {
            throw new IllegalArgumentException("presence asks for things that the detector knows, got " + things
                    + "; it knows " + String.join(", ", detector.labels()));
        }
        Map<String, Double> all = presence(picture);
        return things.stream()
                .mapToDouble(thing -> Objects.requireNonNull(all.get(thing)))
                .average()
                .orElseThrow();
    }

    /** Frees the model. */
    @Override
    public void close() {
        detector.close();
    }
}
