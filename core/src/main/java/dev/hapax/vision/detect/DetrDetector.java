package dev.hapax.vision.detect;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.vision.Raster;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * DETR as a detector. Reads one folder with {@code config.json}, {@code model.safetensors} and {@code
 * preprocessor_config.json}, as transformers saves them; published are {@code facebook/detr-resnet-50} and {@code -101}.
 */
public final class DetrDetector implements Detector, AutoCloseable {
    private final ModelFolder folder;
    private final List<String> labels;
    private final DetrImageProcessor processor;
    private final Detr model;

    private DetrDetector(ModelFolder folder) {
        this.folder = folder;
        Config config = folder.config(ModelFolder.ROOT);
        labels = Detr.labels(config);
        processor =
                DetrImageProcessor.of(Config.read(folder.path(ModelFolder.ROOT).resolve("preprocessor_config.json")));
        Weights stored = folder.weights(ModelFolder.ROOT, DType.FLOAT32);
        model = Detr.of(config, Weights.of(new DetrWeights(stored)));
    }

    /**
     * Opens the detector in a model's folder.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if a file is missing or damaged
     */
    public static DetrDetector open(Path model) {
        ModelFolder folder = ModelFolder.open(model);
        try {
            return new DetrDetector(folder);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** SHA-256 of the weights, in hexadecimal; reads them all. */
    public String hash() {
        return folder.hash(List.of(ModelFolder.ROOT));
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public List<Detection> detect(Raster picture, double threshold) {
        return ask(picture, output -> output.detections(0, threshold, labels)).stream()
                .sorted(Comparator.comparingDouble(Detection::score).reversed())
                .toList();
    }

    @Override
    public Map<String, Double> presence(Raster picture) {
        float[] highest = ask(
                picture,
                output -> output.probabilities().select(0, 0).max(false, 0).toFloats()); // (classes)
        Map<String, Double> presence = new LinkedHashMap<>();
        for (int i = 0; i < highest.length; i++) {
            presence.merge(labels.get(i), (double) highest[i], Math::max);
        }
        return presence;
    }

    private <T> T ask(Raster picture, Function<DetrOutput, T> question) {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            return question.apply(model.detect(processor.apply(List.of(picture))));
        }
    }

    /** Frees the model. */
    @Override
    public void close() {
        folder.close();
    }
}
