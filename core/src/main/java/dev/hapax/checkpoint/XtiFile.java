package dev.hapax.checkpoint;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Words of extended textual inversion (P+) as kohya-ss/sd-scripts exchanges them: one tensor (n, width) for each of the
 * sixteen layers of Stable Diffusion 1.x and 2.x that read text, under the layer's name. The file names the word.
 *
 * <p>Layers are found by name. The scripts' own reader takes the tensors as they lie in the file, and mixes up layers if
 * another program wrote it.
 */
public final class XtiFile {
    /** The layers in execution order. */
    public static final List<String> LAYERS = List.of(
            "IN01", "IN02", "IN04", "IN05", "IN07", "IN08", "MID", "OUT03", "OUT04", "OUT05", "OUT06", "OUT07", "OUT08",
            "OUT09", "OUT10", "OUT11");

    private XtiFile() {}

    /** Whether the file has these sixteen tensors and no other. */
    static boolean isOne(SafetensorsFile file) {
        return file.names().equals(Set.copyOf(LAYERS));
    }

    static WordFile read(String token, SafetensorsFile file) {
        long[] shape = file.shape(LAYERS.get(0));
        Tensor vectors = Scope.run(() -> {
            List<Tensor> layers = new ArrayList<>();
            for (String layer : LAYERS) {
                if (shape.length != 2 || !Arrays.equals(shape, file.shape(layer))) {
                    throw new CheckpointException("the tensor " + layer + " of " + token + " has shape "
                            + Arrays.toString(file.shape(layer)) + ", " + LAYERS.get(0) + " " + Arrays.toString(shape)
                            + "; all sixteen layers need one shape [n, width]");
                }
                layers.add(file.tensor(layer).to(DType.FLOAT32));
            }
            return Tensor.stack(layers, 0).copy(); // (layers, n, width)
        });
        Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
        metadata.put(
                WordFile.CELLS,
                Config.of(Map.of(
                                "groups",
                                        IntStream.range(0, LAYERS.size())
                                                .boxed()
                                                .toList(),
                                "borders", List.of()))
                        .json()
                        .toString());
        return new WordFile(token, vectors, metadata);
    }

    /**
     * Writes a word in one atomic step.
     *
     * @param layers (16, n, width), in execution order
     * @throws WriteFailedException if the file cannot be written
     */
    public static void write(Path file, Tensor layers) {
        if (layers.rank() != 3 || layers.size(0) != LAYERS.size()) {
            throw new IllegalArgumentException("an XTI file holds vectors for the " + LAYERS.size()
                    + " layers of Stable Diffusion 1.x and 2.x, got shape " + Arrays.toString(layers.shape()));
        }
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (int i = 0; i < LAYERS.size(); i++) {
                tensors.put(
                        LAYERS.get(i),
                        layers.detach().select(0, i).to(DType.FLOAT32).contiguous());
            }
            SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
        }
    }
}
