package dev.hapax.nn;

import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import java.util.function.UnaryOperator;

/** Pointwise non-linearities by the names that configurations use. */
public enum Activation {
    SILU(Functional::silu),
    GELU(Functional::gelu),
    GELU_TANH(Functional::geluTanh),
    QUICK_GELU(Functional::quickGelu),
    RELU(Functional::relu),
    TANH(Tensor::tanh);

    private final UnaryOperator<Tensor> function;

    Activation(UnaryOperator<Tensor> function) {
        this.function = function;
    }

    /**
     * The activation called {@code silu}, {@code swish}, {@code gelu}, {@code quick_gelu}, {@code relu}, {@code tanh}, or
     * one of transformers' names for the approximated GELU: {@code gelu_new}, {@code gelu_fast}, {@code
     * gelu_pytorch_tanh}.
     */
    public static Activation named(String name) {
        return switch (name) {
            case "silu", "swish" -> SILU;
            case "gelu" -> GELU;
            case "gelu_new", "gelu_fast", "gelu_pytorch_tanh" -> GELU_TANH;
            case "quick_gelu" -> QUICK_GELU;
            case "relu" -> RELU;
            case "tanh" -> TANH;
            default ->
                throw new IllegalArgumentException(
                        "unknown activation \"" + name + "\"; known: silu, swish, gelu, gelu_new,"
                                + " gelu_fast, gelu_pytorch_tanh, quick_gelu, relu, tanh");
        };
    }

    /** Applies the function to each element. */
    public Tensor apply(Tensor x) {
        return function.apply(x);
    }
}
