package dev.hapax.lora;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Weights with LoRAs added to them: {@code W + weight_1 * scale_1 * up_1 * down_1 + weight_2 ...}, in the order given, in
 * fp32 (fp64 for fp64 weights) and rounded once to the type of {@code W}. Parameters that no LoRA names are those of the
 * base itself, which is never written to: a model built from it has its old weights to the last bit.
 *
 * <p>The sums are differentiable in the factors. They live until this is closed.
 */
public final class LoraWeights implements Weights.Source, AutoCloseable {
    private final Weights.Source base;
    private final List<LoraChange> changes;
    private final Map<String, Tensor> changed = new HashMap<>();

    /** Adds {@code changes} to what {@code base} gives. */
    public LoraWeights(Weights.Source base, List<LoraChange> changes) {
        this.base = base;
        this.changes = List.copyOf(changes);
    }

    @Override
    public boolean has(String name) {
        return base.has(name);
    }

    @Override
    public Set<String> names() {
        return base.names();
    }

    /**
     * The parameter of this full name.
     *
     * @throws CheckpointException if there is none, it has another shape, or a LoRA changes a weight of another shape
     */
    @Override
    public Tensor get(String name, long... shape) {
        boolean plain = changes.stream().noneMatch(change -> change.factors().containsKey(name));
        return plain ? base.get(name, shape) : changed.computeIfAbsent(name, key -> sum(key, shape));
    }

    private Tensor sum(String name, long... shape) {
        try (Scope scope = Scope.open()) {
            Tensor original = base.get(name, shape);
            Tensor sum = original.to(original.dtype() == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32);
            for (LoraChange change : changes) {
                LoraFactors factors = change.factors().get(name);
                if (factors != null) {
                    requireFit(change, name, factors, shape);
                    sum = sum.plus(factors.change(sum).times(change.weight()));
                }
            }
            return sum.to(original.dtype()).keep();
        }
    }

    private static void requireFit(LoraChange change, String name, LoraFactors factors, long... shape) {
        if (!factors.fits(shape)) {
            throw new CheckpointException(change.origin() + " changes a " + name + " of shape "
                    + Arrays.toString(factors.weightShape()) + ", this model's has " + Arrays.toString(shape)
                    + LoraFamily.of(change.factors())
                            .map(family -> "; the file fits " + family)
                            .orElse("")
                    + "; use a LoRA that was trained for this model's family");
        }
    }

    /** What is added, in this order. */
    public List<LoraChange> changes() {
        return changes;
    }

    /**
     * How much one of the changes does, once a model has been built from here.
     *
     * @param part what to call these weights
     * @throws CheckpointException if the model has not asked for a weight that is to be changed, or the change is no
     *     number
     */
    public LoraReport.Effect effect(String part, LoraChange change) {
        Set<String> unread = new TreeSet<>(change.factors().keySet());
        unread.removeAll(changed.keySet());
        if (!unread.isEmpty()) {
            throw new CheckpointException(change.origin() + " changes " + unread.size() + " weights that this model's "
                    + part + " does not read, the first is "
                    + unread.iterator().next());
        }
        double squares = 0;
        double baseSquares = 0;
        int moved = 0;
        for (Map.Entry<String, LoraFactors> entry : change.factors().entrySet()) {
            double norm = change.weight() * entry.getValue().norm();
            if (!Double.isFinite(norm)) {
                throw new CheckpointException(
                        change.origin() + ": the factors of " + entry.getKey() + " hold values that are no numbers");
            }
            squares += norm * norm;
            try (Scope scope = Scope.open()) {
                Tensor now = Objects.requireNonNull(changed.get(entry.getKey())).detach();
                Tensor before = base.get(entry.getKey(), now.shape()).detach();
                baseSquares += before.to(DType.FLOAT64).square().sum().item();
                moved += norm != 0 && now.minus(before).abs().sum().item() != 0 ? 1 : 0;
            }
        }
        return new LoraReport.Effect(part, moved, Math.sqrt(squares), Math.sqrt(baseSquares));
    }

    /** Frees the sums. */
    @Override
    public void close() {
        changed.values().forEach(Tensor::close);
        changed.clear();
    }
}
