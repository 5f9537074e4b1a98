package dev.hapax.layout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.Weights;
import dev.hapax.checkpoint.WriteFailedException;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.detect.Box;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Says where two things will stand in an image, the first to the left of the second: the layout predictor of
 * Compositional Inversion (Zhang et al. 2024, equation 8). It is a folder of {@code config.json} and {@code
 * model.safetensors}, which holds the nouns it knows as well, so that it needs no text encoder.
 */
public final class LayoutPredictor implements AutoCloseable {
    private static final String CLASS = "PairLayoutPredictor";

    private final NounTable nouns;
    private final PairMlp network;
    private final Runnable free;

    private LayoutPredictor(NounTable nouns, PairMlp network, Runnable free) {
        this.nouns = nouns;
        this.network = network;
        this.free = free;
    }

    /** A predictor of given parts; closing it leaves them as they are. */
    public static LayoutPredictor of(NounTable nouns, PairMlp network) {
        return new LayoutPredictor(nouns, network, () -> {});
    }

    /** Whether a model's folder has one. */
    public static boolean isIn(Path model) {
        return Files.isRegularFile(model.resolve(ModelFolder.LAYOUT).resolve("config.json"));
    }

    /**
     * Opens a predictor's folder.
     *
     * @throws CheckpointException if a file is missing or damaged, or it is another model's
     */
    public static LayoutPredictor open(Path folder) {
        ModelFolder files = ModelFolder.open(folder);
        try (Scope scope = Scope.open()) {
            Config config = files.config(ModelFolder.ROOT);
            if (!config.text("_class_name", "").equals(CLASS)) {
                throw new CheckpointException(folder + " holds no layout predictor but \""
                        + config.text("_class_name", "") + "\"; take a folder that hapax layout train has written");
            }
            List<String> names = config.texts("nouns");
            int width = config.integer("width");
            Weights weights = files.weights(ModelFolder.ROOT, DType.FLOAT32);
            NounTable nouns = new NounTable(
                    names,
                    vectors(weights.get("nouns.raw", names.size(), width), width),
                    vectors(weights.get("nouns.refined", names.size(), width), width));
            return new LayoutPredictor(nouns, PairMlp.of(weights, width), files::close);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static List<float[]> vectors(Tensor table, int width) {
        float[] all = table.toFloats();
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < all.length; i += width) {
            float[] row = new float[width];
            System.arraycopy(all, i, row, 0, width);
            rows.add(row);
        }
        return rows;
    }

    /** The nouns that it knows. */
    public NounTable nouns() {
        return nouns;
    }

    /**
     * Where two things will stand, the first one left; what would leave the picture is cut off.
     *
     * @throws IllegalArgumentException if it does not know one of the nouns
     */
    public PairLayout predict(String first, String second) {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            Tensor boxes = network.apply(nouns.refinedTensor(), row(first), row(second)); // (1, 2, 4)
            float[] n = boxes.toFloats();
            return new PairLayout(first, second, box(n, 0), box(n, n.length / 2));
        }
    }

    private Tensor row(String noun) {
        return Tensor.of(new long[] {nouns.index(noun)}, 1);
    }

    private static Box box(float[] numbers, int at) {
        return Box.centred(numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3])
                .inside();
    }

    /**
     * Writes the folder.
     *
     * @param training what is worth knowing of how it came to be, for {@code config.json}
     * @throws WriteFailedException if that cannot be done
     */
    public void write(Path folder, Map<String, Object> training) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("_class_name", CLASS);
        values.put("width", nouns.width());
        values.put("nouns", nouns.names());
        values.put("training", training);
        ObjectNode config = Config.of(values).json();
        Map<String, Tensor> weights = new LinkedHashMap<>();
        try (Scope scope = Scope.open()) {
            Files.createDirectories(folder);
            weights.put("nouns.raw", NounTable.tensor(nouns.raw()));
            weights.put("nouns.refined", nouns.refinedTensor());
            add(weights, "noun", network.noun());
            add(weights, "boxes", network.boxes());
            SafetensorsWriter.write(folder.resolve("model.safetensors"), weights, Map.of("format", "pt"));
            AtomicFile.write(
                    folder.resolve("config.json"), (config.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new WriteFailedException(folder, e);
        }
    }

    private static void add(Map<String, Tensor> weights, String name, Linear layer) {
        weights.put(name + ".weight", layer.weight().detach());
        weights.put(name + ".bias", Objects.requireNonNull(layer.bias()).detach());
    }

    /** Frees what was read from files. */
    @Override
    public void close() {
        free.run();
    }
}
