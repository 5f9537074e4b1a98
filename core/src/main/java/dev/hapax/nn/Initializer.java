package dev.hapax.nn;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Makes the parameters of a model that is trained from scratch, fp32, each from the seed and its own name, so that
 * the order of construction does not matter.
 *
 * <p>Matrices and kernels: uniform in +-1/sqrt(fan-in), PyTorch's default for linear layers and convolutions. Names
 * that hold "embedding": normal with standard deviation 0.02, CLIP's. One-dimensional weights (norms): 1. Biases and
 * the means of frozen batch normalisation: 0.
 */
public final class Initializer implements Weights.Source {
    private static final double EMBEDDING_STD = 0.02;

    private final Rng rng;

    /** An initialiser for this seed. */
    public Initializer(long seed) {
        rng = new Rng(seed);
    }

    @Override
    public boolean has(String name) {
        return true;
    }

    @Override
    public Tensor get(String name, long... shape) {
        CRC32 id = new CRC32();
        id.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (Scope scope = Scope.open()) {
            return made(name, id.getValue(), shape).keep();
        }
    }

    private Tensor made(String name, long id, long... shape) {
        if (name.endsWith("bias") || name.endsWith("running_mean")) {
            return Tensor.zeros(DType.FLOAT32, shape);
        }
        if (name.contains("embedding") && !name.contains("linear") && !name.contains("patch")) {
            return rng.normal(Purpose.INITIALISATION, 0, id, shape).times(EMBEDDING_STD);
        }
        if (shape.length < 2) {
            return Tensor.ones(DType.FLOAT32, shape);
        }
        int n = Math.toIntExact(Shape.elements(shape));
        double bound = 1 / Math.sqrt((double) n / shape[0]);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (bound * (2 * rng.uniform(Purpose.INITIALISATION, 0, id, i) - 1));
        }
        return Tensor.of(values, shape);
    }

    @Override
    public Set<String> names() {
        return Set.of();
    }
}
