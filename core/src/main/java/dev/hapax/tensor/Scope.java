package dev.hapax.tensor;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/**
 * Owns the native tensors made while it is open on this thread, and frees them when it closes.
 *
 * <p>Scopes nest; they must be closed on the thread that opened them, innermost first (try-with-resources does both).
 * A tensor made while no scope is open belongs to its holder, who closes it.
 */
public final class Scope implements AutoCloseable {
    private final @Nullable PointerScope outer;
    private final PointerScope inner;

    private Scope() {
        Engine.ready();
        outer = PointerScope.getInnerScope();
        inner = new PointerScope();
    }

    /** Opens a scope on the calling thread. */
    public static Scope open() {
        return new Scope();
    }

    /** Runs {@code body} in a scope of its own; only the result survives it. */
    public static Tensor run(Supplier<Tensor> body) {
        try (Scope scope = open()) {
            return scope.release(body.get());
        }
    }

    /**
     * Moves {@code tensor} to the scope around this one; without one, its holder now owns it and must close it.
     *
     * @return {@code tensor}
     */
    public Tensor release(Tensor tensor) {
        if (outer != null) {
            outer.attach(tensor.handle);
        } else {
            tensor.handle.retainReference();
        }
        return tensor;
    }

    /**
     * Moves tensors to the scope that is innermost on this thread now, from whichever scope inside it makes them later;
     * without an open scope, their holder owns them and must close them.
     *
     * @return the mover, which gives back the tensor that it was given
     */
    public static UnaryOperator<Tensor> keeper() {
        Engine.ready();
        PointerScope home = PointerScope.getInnerScope();
        return tensor -> {
            if (home != null) {
                home.attach(tensor.handle);
            } else {
                tensor.handle.retainReference();
            }
            return tensor;
        };
    }

    @Override
    public void close() {
        inner.close();
    }
}
