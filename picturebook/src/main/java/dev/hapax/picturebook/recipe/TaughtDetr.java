package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.detect.Detr;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * DETR and a head that is thrown away after training.
 *
 * @param detr the detector
 * @param cellKinds from an encoded cell to what covers it: width to kinds and {@link TaughtClip#NOTHING}
 */
record TaughtDetr(Detr detr, Linear cellKinds) {
    private static final String HEAD = "cell_kinds";
    private static final String GAIN = "normalization.weight";
    private static final String MEAN = "running_mean";
    private static final String VARIANCE = "running_var";

    /**
     * Builds it. The statistics of the frozen batch normalisation are no parameters: mean 0 and variance 1 in the type of
     * the others.
     */
    static TaughtDetr of(Config config, Weights trained) {
        Detr detr = Detr.of(config, Weights.of(new Unnormalised(trained)));
        return new TaughtDetr(detr, Linear.of(trained.at(HEAD), config.integer("d_model"), TaughtClip.NOTHING + 1L));
    }

    /** What a file of the detector holds: its trained parameters without the head, and the statistics. */
    static Map<String, Tensor> saved(Map<String, Tensor> trained) {
        Map<String, Tensor> all = new TreeMap<>();
        trained.forEach((name, tensor) -> {
            if (name.startsWith(HEAD)) {
                return;
            }
            all.put(name, tensor);
            if (name.endsWith(GAIN)) {
                String norm = name.substring(0, name.length() - "weight".length());
                all.put(norm + MEAN, tensor.zerosLike().keep());
                all.put(norm + VARIANCE, tensor.zerosLike().plus(1).keep());
            }
        });
        return all;
    }

    private record Unnormalised(Weights trained) implements Weights.Source {
        @Override
        public boolean has(String name) {
            return trained.has(name);
        }

        @Override
        public Tensor get(String name, long... shape) {
            if (!name.endsWith(MEAN) && !name.endsWith(VARIANCE)) {
                return trained.get(name, shape);
            }
            DType type = trained.used().values().iterator().next().dtype(); // a convolution comes before its norm
            try (Scope scope = Scope.open()) {
                Tensor mean = Tensor.zeros(type, shape);
                return (name.endsWith(MEAN) ? mean : mean.plus(1)).keep();
            }
        }

        @Override
        public Set<String> names() {
            return trained.unused();
        }
    }
}
