package dev.hapax.learning;

import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * A named scalar of one pass. Terms add up; a weight is a term around a term.
 *
 * @param <P> the kind of pass that it reads
 */
public interface LossTerm<P extends Pass> {
    /** A short name for logs, such as {@code prompt contrast}. */
    String name();

    /** The value for one pass: a scalar, fp32. */
    Tensor of(P pass);

    /** What the pass must have recorded of the cross-attention for this term. */
    default AttentionNeed attention() {
        return AttentionNeed.NONE;
    }

    /** Words, learned or ordinary, whose tokens this term looks for: every prompt must hold them. */
    default List<String> mentions() {
        return List.of();
    }

    /** Numbers that a log shall hold beside the term's value, by name, such as a weight that it found by itself. */
    default Map<String, Double> readings() {
        return Map.of();
    }

    /** Whether it may be content, and then pulls at nothing, until something else moves the words. */
    default boolean rests() {
        return false;
    }

    /** What the term remembers between steps, by name; to be saved with a run. Most remember nothing. */
    default Map<String, Tensor> memory() {
        return Map.of();
    }

    /** Goes on from a saved {@link #memory()}. */
    default void remember(Map<String, Tensor> memory) {
        if (!memory.isEmpty()) {
            throw new IllegalArgumentException(name() + " remembers nothing, got " + memory.keySet());
        }
    }

    /** This term times a constant. */
    default LossTerm<P> times(double weight) {
        LossTerm<P> inner = this;
        return new LossTerm<>() {
            @Override
            public String name() {
                return inner.name();
            }

            @Override
            public Tensor of(P pass) {
                return inner.of(pass).times(weight);
            }

            @Override
            public AttentionNeed attention() {
                return inner.attention();
            }

            @Override
            public List<String> mentions() {
                return inner.mentions();
            }

            @Override
            public Map<String, Double> readings() {
                return inner.readings();
            }

            @Override
            public boolean rests() {
                return inner.rests();
            }

            @Override
            public Map<String, Tensor> memory() {
                return inner.memory();
            }

            @Override
            public void remember(Map<String, Tensor> memory) {
                inner.remember(memory);
            }
        };
    }
}
