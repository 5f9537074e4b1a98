package dev.hapax.attention;

import dev.hapax.nn.Linear;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Keeps keys and values from step to step for as long as a layer is given one and the same text, in the scope in which
 * this object was made. What is being learned, text or matrix, is computed each time.
 */
public final class KeptReading implements Reading {
    private record Read(Tensor text, Tensor result) {}

    private final UnaryOperator<Tensor> keeper = Scope.keeper();
    private final Map<Linear, Read> known = new IdentityHashMap<>();

    /** Keeps what it makes in the innermost scope that is open now. */
    public KeptReading() {}

    @Override
    public Tensor of(Linear part, Tensor text) {
        if (text.requiresGrad() || part.weight().requiresGrad()) {
            return part.apply(text);
        }
        Read last = known.get(part);
        if (last == null || last.text() != text) {
            last = new Read(text, keeper.apply(part.apply(text)));
            known.put(part, last);
        }
        return last.result();
    }
}
