package dev.hapax.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Reverse-mode differentiation. */
public final class Gradients {
    private Gradients() {}

    /** An open region; closing it restores what was before. */
    public interface Region extends AutoCloseable {
        @Override
        void close();
    }

    /** Records nothing for differentiation on this thread until the region closes. */
    public static Region off() {
        return recording(false);
    }

    /** Records again, inside a region that records nothing. */
    static Region on() {
        return recording(true);
    }

    private static Region recording(boolean yes) {
        Engine.ready();
        AutoGradMode guard = new AutoGradMode(yes);
        guard.retainReference(); // must outlive scopes that close inside the region
        return () -> {
            guard.close();
            guard.releaseReference();
        };
    }

    /** Gradients of the scalar {@code loss}, one for each of {@code leaves}; zeros for a leaf it does not depend on. */
    public static List<Tensor> of(Tensor loss, List<Tensor> leaves) {
        return of(loss, Tensor.ones(loss.dtype(), loss.shape()).to(loss.device()), leaves, false);
    }

    /**
     * Vector-Jacobian products of {@code output} with {@code cotangent} (same shape), one for each of {@code leaves};
     * zeros for a leaf that {@code output} does not depend on.
     *
     * @param keepGraph whether the same output will be differentiated again
     */
    public static List<Tensor> of(Tensor output, Tensor cotangent, List<Tensor> leaves, boolean keepGraph) {
        if (leaves.isEmpty()) {
            return List.of();
        }
        try (Scope scope = Scope.open()) {
            List<@Nullable Tensor> found = where(List.of(output), List.of(cotangent), leaves, keepGraph);
            List<Tensor> result = new ArrayList<>(leaves.size());
            for (int i = 0; i < leaves.size(); i++) {
                Tensor grad = found.get(i);
                result.add(scope.release(grad == null ? leaves.get(i).zerosLike() : grad));
            }
            return result;
        }
    }

    /** The sum of such products of several outputs; null for a leaf that none of them depends on. */
    static List<@Nullable Tensor> where(
            List<Tensor> outputs, List<Tensor> cotangents, List<Tensor> leaves, boolean keepGraph) {
        try (Scope scope = Scope.open()) {
            TensorVector grads;
            try {
                grads = torch.grad(
                        vector(outputs), vector(leaves), vector(cotangents), new BoolOptional(keepGraph), false, true);
            } catch (RuntimeException e) {
                List<Tensor> operands = new ArrayList<>(outputs);
                operands.addAll(cotangents);
                throw TensorException.of("gradient", e, operands.toArray(Tensor[]::new));
            }
            List<@Nullable Tensor> result = new ArrayList<>(leaves.size());
            for (int i = 0; i < leaves.size(); i++) {
                // an element of a vector is borrowed from it: take a handle of our own
                var element = new org.bytedeco.pytorch.Tensor(grads.get(i));
                result.add(element.defined() ? scope.release(new Tensor(element)) : null);
            }
            return result;
        }
    }

    static TensorVector vector(List<Tensor> tensors) {
        TensorVector vector = new TensorVector();
        for (Tensor tensor : tensors) {
            vector.push_back(tensor.handle);
        }
        return vector;
    }
}
