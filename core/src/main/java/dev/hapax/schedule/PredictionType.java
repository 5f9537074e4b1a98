package dev.hapax.schedule;

import dev.hapax.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a diffusion model's output means for a noised sample {@code x = alpha * clean + sigma * noise}. */
public enum PredictionType {
    /** The noise (Ho et al. 2020). */
    EPSILON("epsilon") {
        @Override
        public Tensor clean(Tensor output, Tensor x, double alpha, double sigma) {
            return x.minus(output.times(sigma)).over(alpha);
        }

        @Override
        public Tensor noise(Tensor output, Tensor x, double alpha, double sigma) {
            return output;
        }
    },
    /** The velocity {@code alpha * noise - sigma * clean} (Salimans and Ho 2022, section 4). */
    V_PREDICTION("v_prediction") {
        @Override
        public Tensor clean(Tensor output, Tensor x, double alpha, double sigma) {
            return x.times(alpha).minus(output.times(sigma));
        }

        @Override
        public Tensor noise(Tensor output, Tensor x, double alpha, double sigma) {
            return output.times(alpha).plus(x.times(sigma));
        }
    },
    /** The clean sample itself. */
    SAMPLE("sample") {
        @Override
        public Tensor clean(Tensor output, Tensor x, double alpha, double sigma) {
            return output;
        }

        @Override
        public Tensor noise(Tensor output, Tensor x, double alpha, double sigma) {
            return x.minus(output.times(alpha)).over(sigma);
        }
    };

    private final String key;

    PredictionType(String key) {
        this.key = key;
    }

    /** The estimate of the clean sample behind {@code x}, of x's shape. */
    public abstract Tensor clean(Tensor output, Tensor x, double alpha, double sigma);

    /** The estimate of the noise in {@code x}, of x's shape. */
    public abstract Tensor noise(Tensor output, Tensor x, double alpha, double sigma);

    /** The name in a configuration: {@code prediction_type}. */
    public String key() {
        return key;
    }

    /**
     * The type of this name.
     *
     * @throws IllegalArgumentException naming the known ones
     */
    public static PredictionType of(String key) {
        for (PredictionType type : values()) {
            if (type.key.equals(key)) {
                return type;
            }
        }
        throw new IllegalArgumentException("prediction_type \"" + key + "\" is unknown; use one of "
                + Arrays.stream(values()).map(PredictionType::key).collect(Collectors.joining(", ")));
    }
}
