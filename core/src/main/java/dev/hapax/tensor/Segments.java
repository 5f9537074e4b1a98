package dev.hapax.tensor;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How the segments of a model, its blocks, are run where they may be differentiated later: {@link #KEPT} keeps what that
 * needs, a {@link Checkpoint} computes it anew.
 */
@FunctionalInterface
public interface Segments {
    /** Keeps everything; what a segment makes on its way and nothing refers to is freed at its end. */
    Segments KEPT = (inputs, parameters, segment) -> {
        try (Scope scope = Scope.open()) {
            return segment.apply(inputs).stream().map(scope::release).toList();
        }
    };

    /**
     * Runs a segment.
     *
     * @param inputs what it reads; it must take them from its argument alone, and be the same function whenever it is
     *     called
     * @param parameters other tensors that it reads and that gradients may flow into
     * @param segment to its outputs, which are new tensors
     * @return the outputs, of the innermost open scope
     */
    List<Tensor> run(List<Tensor> inputs, List<Tensor> parameters, UnaryOperator<List<Tensor>> segment);
}
