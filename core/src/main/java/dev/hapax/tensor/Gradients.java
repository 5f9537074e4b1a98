package dev.hapax.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

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
        Engine.ready();
        NoGradGuard guard = new NoGradGuard();
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
            TensorVector grads;
            try {
                grads = torch.grad(
                        new TensorVector(output.handle),
                        vector(leaves),
                        new TensorVector(cotangent.handle),
                        new BoolOptional(keepGraph),
                        false,
                        true);
            } catch (RuntimeException e) {
                throw TensorException.of("gradient", e, output, cotangent);
            }
            List<Tensor> result = new ArrayList<>(leaves.size());
            for (int i = 0; i < leaves.size(); i++) {
                // an element of a vector is borrowed from it: take a handle of our own
                var element = new org.bytedeco.pytorch.Tensor(grads.get(i));
                Tensor grad =
                        element.defined() ? new Tensor(element) : leaves.get(i).zerosLike();
                result.add(scope.release(grad));
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
