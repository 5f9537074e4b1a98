package dev.hapax.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An operation that libtorch refused: the operation, the operands' shapes and types, and libtorch's first line. */
public final class TensorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TensorException(String message, Throwable cause) {
        super(message, cause);
    }

    static TensorException of(String operation, RuntimeException cause, Tensor... operands) {
        String native0 = String.valueOf(cause.getMessage());
        String reason = native0.lines().findFirst().orElse("no reason given"); // the rest is a C++ stack trace
        String shapes = Stream.of(operands)
                .map(t -> t.dtype() + Arrays.toString(t.shape()))
                .collect(Collectors.joining(", "));
        return new TensorException(operation + "(" + shapes + "): " + reason, cause);
    }
}
