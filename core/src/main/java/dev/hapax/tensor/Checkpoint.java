package dev.hapax.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.jspecify.annotations.Nullable;

/**
 * Gradient checkpointing (Chen et al. 2016, "Training deep nets with sublinear memory cost"): of each segment only inputs
 * and outputs are kept, and it is run a second time when gradients flow through it. Values and gradients are those of
 * {@link Segments#KEPT}; any tensors may be differentiated by any others, and again with a kept graph, but gradients
 * themselves cannot be differentiated.
 *
 * <p>What it keeps belongs to the scope in which it was made: differentiate before that closes. Make a new one for each
 * forward pass.
 */
public final class Checkpoint implements Segments {
    private final PointerScope home;
    private @Nullable Tensor delivered;

    /**
     * Keeps what it must in the innermost open scope.
     *
     * @throws IllegalStateException if no scope is open
     */
    public Checkpoint() {
        Engine.ready();
        PointerScope inner = PointerScope.getInnerScope();
        if (inner == null) {
            throw new IllegalStateException("a checkpoint needs an open scope to keep inputs in; open one around it");
        }
        home = inner;
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs, List<Tensor> parameters, UnaryOperator<List<Tensor>> segment) {
        List<Tensor> sources = Stream.concat(inputs.stream(), parameters.stream())
                .filter(Tensor::requiresGrad)
                .toList();
        if (sources.isEmpty() || !GradMode.is_enabled()) {
            return Segments.KEPT.run(inputs, parameters, segment);
        }
        try (Scope scope = Scope.open()) {
            List<Tensor> leaves = new ArrayList<>(); // the inputs, cut off from what they were computed from
            inputs.forEach(input -> leaves.add(kept(input.detach().requiresGrad(input.requiresGrad()))));
            List<Tensor> targets = Stream.concat(leaves.stream(), parameters.stream())
                    .filter(Tensor::requiresGrad)
                    .toList();
            Recomputation recomputation = new Recomputation(this, segment, leaves, targets);
            Tensor bridge = recomputation.bridge(sources);
            List<Tensor> outputs = segment.apply(leaves); // its graph goes with the scope
            List<Tensor> joined = new ArrayList<>();
            for (int i = 0; i < outputs.size(); i++) {
                joined.add(scope.release(recomputation.output(i, outputs.get(i), bridge)));
            }
            return joined;
        }
    }

    /** Moves a tensor to the scope of this checkpoint. */
    Tensor kept(Tensor tensor) {
        kept(tensor.handle);
        return tensor;
    }

    /** Moves a native object to the scope of this checkpoint. */
    void kept(Pointer pointer) {
        home.attach(pointer);
    }

    /** Frees the gradient that was given to libtorch before this one, which has it now. */
    void delivered(Tensor gradient) {
        free(delivered);
        delivered = gradient;
    }

    /** Frees a tensor now and not with its scope: a backward pass goes through many segments. */
    static void free(@Nullable Tensor tensor) {
        if (tensor != null) {
            tensor.handle.deallocate();
        }
    }
}
