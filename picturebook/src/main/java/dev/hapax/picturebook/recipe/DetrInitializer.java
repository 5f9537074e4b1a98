package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Fresh parameters of a DETR whose backbone is not trained beforehand. The matrices of the transformer are uniform as
 * Glorot and Bengio (2010, equation 16) have them, as the paper says (appendix A.4), and the object queries normal with
 * deviation 1, as its code. The convolutions of the backbone are uniform with the variance of He et al. (2015, equation
 * 10), and every residual block starts as its shortcut: the last norm's weights are 0 (Goyal et al. 2017, section 5.1).
 */
record DetrInitializer(Rng rng, Initializer others) implements Weights.Source {
    private static final String LAST_GAIN = ".layer.2.normalization.weight"; // of a bottleneck

    DetrInitializer(long seed) {
        this(new Rng(seed), new Initializer(seed));
    }

    @Override
    public boolean has(String name) {
        return true;
    }

    @Override
    public Tensor get(String name, long... shape) {
        if (name.endsWith("query_position_embeddings.weight")) {
            return made(name, shape, fresh -> rng.normal(Purpose.INITIALISATION, 0, 0, shape));
        }
        if (name.endsWith(LAST_GAIN)) {
            return made(name, shape, fresh -> Tensor.zeros(DType.FLOAT32, shape));
        }
        if (name.endsWith(".convolution.weight")) {
            return made(name, shape, fresh -> fresh.times(Math.sqrt(6))); // from 1 / sqrt(fan-in)
        }
        if (name.startsWith("model.") && shape.length == 2) {
            double in = shape[1];
            return made(name, shape, fresh -> fresh.times(Math.sqrt(6 * in / (in + shape[0]))));
        }
        return others.get(name, shape);
    }

    private Tensor made(String name, long[] shape, UnaryOperator<Tensor> change) {
        try (Scope scope = Scope.open()) {
            return change.apply(others.get(name, shape)).keep();
        }
    }

    @Override
    public Set<String> names() {
        return Set.of();
    }
}
