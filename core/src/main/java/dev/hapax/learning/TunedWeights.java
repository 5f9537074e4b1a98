package dev.hapax.learning;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Weights;
import dev.hapax.lora.LoraFactors;
import dev.hapax.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Weights of a part of a model in which some are those of a run: in place of the old ones, or with {@code up * down}
 * added. Differentiable in what the run moves; sums belong to the innermost open scope.
 *
 * @param base the weights before the run
 * @param part the name of the part
 * @param moved {@link Learned#weights()}
 */
record TunedWeights(Weights.Source base, String part, Map<String, Tensor> moved) implements Weights.Source {
    private static final String WEIGHT = ".weight";
    static final String DOWN = ".lora_A.weight"; // PEFT's names
    static final String UP = ".lora_B.weight";

    /** What the factor {@code down} of the change to a parameter is called. */
    static String down(String part, String parameter) {
        return part + "." + module(parameter) + DOWN;
    }

    /** What the factor {@code up} of the change to a parameter is called. */
    static String up(String part, String parameter) {
        return part + "." + module(parameter) + UP;
    }

    /** How many numbers the matrices have that are made with these factors. */
    static long sums(Map<String, Tensor> moved) {
        return moved.entrySet().stream()
                .filter(factor -> factor.getKey().endsWith(DOWN))
                .mapToLong(down -> {
                    String up = down.getKey().substring(0, down.getKey().length() - DOWN.length()) + UP;
                    return down.getValue().size(1)
                            * Objects.requireNonNull(moved.get(up)).size(0);
                })
                .sum();
    }

    private static String module(String parameter) {
        return parameter.substring(0, parameter.length() - WEIGHT.length());
    }

    @Override
    public boolean has(String name) {
        return base.has(name);
    }

    @Override
    public Set<String> names() {
        return base.names();
    }

    @Override
    public Tensor get(String name, long... shape) {
        Tensor old = base.get(name, shape);
        Tensor own = moved.get(part + "." + name);
        if (own != null) {
            if (!Arrays.equals(own.shape(), shape)) {
                throw new CheckpointException(part + "." + name + " was learned with shape "
                        + Arrays.toString(own.shape()) + ", this model's has " + Arrays.toString(shape)
                        + "; go on with the model that the run began with");
            }
            return own.dtype() == old.dtype() ? own : own.to(old.dtype());
        }
        Tensor down = name.endsWith(WEIGHT) ? moved.get(down(part, name)) : null;
        Tensor up = down == null ? null : moved.get(up(part, name));
        if (down == null || up == null) {
            return old;
        }
        return old.plus(LoraFactors.of(down, up).change(old));
    }
}
