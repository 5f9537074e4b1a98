package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The parameters of a model in training, three times: the fp32 masters that the optimiser moves, the copies in the
 * type that the model computes in (the leaves that gradients are taken for), and an exponential moving average of the
 * masters, which is what gets saved.
 *
 * @param <M> the model
 */
final class Parameters<M> {

    /** One parameter in its three forms. */
    private record Triple(Tensor master, Tensor working, Tensor averaged) {}

    private final Map<String, Triple> all = new LinkedHashMap<>();
    private final M model;
    private final List<Triple> inOrder;

    Parameters(Weights.Source initial, Function<Weights, M> build, DType compute) {
        Weights declared = Weights.of(initial);
        M untrained = build.apply(declared); // asks for every parameter
        java.util.Objects.requireNonNull(untrained);
        Map<String, Tensor> working = new LinkedHashMap<>();
        try (Scope scope = Scope.open()) {
            declared.used().forEach((name, master) -> {
                Tensor copy =
                        computing(master.to(compute).copy()).requiresGrad(true).keep();
                all.put(name, new Triple(master, copy, master.copy().keep()));
                working.put(name, copy);
            });
        }
        model = build.apply(Weights.of(new Given(working)));
        inOrder = List.copyOf(all.values());
    }

    private static Tensor computing(Tensor tensor) {
        return tensor.rank() == 4 ? tensor.channelsLast() : tensor;
    }

    M model() {
        return model;
    }

    List<Tensor> masters() {
        return all.values().stream().map(Triple::master).toList();
    }

    List<Tensor> leaves() {
        return all.values().stream().map(Triple::working).toList();
    }

    Map<String, Tensor> averaged() {
        Map<String, Tensor> averaged = new LinkedHashMap<>();
        all.forEach((name, triple) -> averaged.put(name, triple.averaged));
        return averaged;
    }

    /** After the optimiser has moved a master: hand it to the model and fold it into the average. */
    void publish(int index, double averageDecay) {
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            Triple triple = inOrder.get(index);
            triple.working.assign(triple.master);
            triple.averaged.timesInPlace(averageDecay).addInPlace(triple.master, 1 - averageDecay);
        }
    }

    /** All that {@link #restore} needs, by name. */
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        all.forEach((name, triple) -> {
            state.put("master." + name, triple.master);
            state.put("averaged." + name, triple.averaged);
        });
        return state;
    }

    void restore(Function<String, Tensor> saved) {
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            all.forEach((name, triple) -> {
                triple.master.assign(saved.apply("master." + name));
                triple.working.assign(triple.master);
                triple.averaged.assign(saved.apply("averaged." + name));
            });
        }
    }

    /** Parameters that are there already. */
    record Given(Map<String, Tensor> tensors) implements Weights.Source {
        @Override
        public boolean has(String name) {
            return tensors.containsKey(name);
        }

        @Override
        public Tensor get(String name, long... shape) {
            Tensor tensor = tensors.get(name);
            if (tensor == null) {
                throw new dev.hapax.checkpoint.CheckpointException("no parameter " + name);
            }
            dev.hapax.tensor.Shape.require(name, tensor.shape(), shape);
            return tensor;
        }

        @Override
        public Set<String> names() {
            return tensors.keySet();
        }
    }
}
