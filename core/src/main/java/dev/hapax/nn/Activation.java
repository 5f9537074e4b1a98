package dev.hapax.nn;

import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import java.util.function.UnaryOperator;

/** Pointwise non-linearities by the names that configurations use. */
public enum Activation {
    SILU(Functional::silu),
    GELU(Functional::gelu),
    QUICK_GELU(Functional::quickGelu),
    RELU(Functional::relu);

    private final UnaryOperator<Tensor> function;

    Activation(UnaryOperator<Tensor> function) {
        this.function = function;
    }

    /** The activation called {@code silu}, {@code swish}, {@code gelu}, {@code quick_gelu} or {@code relu}. */
    public static Activation named(String name) {
        return switch (name) {
            case "silu", "swish" -> SILU;
            case "gelu" -> GELU;
            case "quick_gelu" -> QUICK_GELU;
            case "relu" -> RELU;
            default ->
                throw new IllegalArgumentException(
                        "unknown activation \"" + name + "\"; known: silu, swish, gelu, quick_gelu, relu");
        };
    }

    /** Applies the function to each element. */
    public Tensor apply(Tensor x) {
        return function.apply(x);
    }
}
