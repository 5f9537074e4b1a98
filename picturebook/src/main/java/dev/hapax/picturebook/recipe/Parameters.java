package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
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
    private final Map<String, Tensor> masters;
    private final Map<String, Tensor> working = new LinkedHashMap<>();
    private final Map<String, Tensor> averaged = new LinkedHashMap<>();
    private final M model;

    Parameters(Weights.Source initial, Function<Weights, M> build, DType compute) {
        Weights declared = Weights.of(initial);
        build.apply(declared);
        masters = new LinkedHashMap<>(declared.used());
        try (Scope scope = Scope.open()) {
            masters.forEach((name, master) -> {
                working.put(name, computing(master.to(compute).copy()).requiresGrad(true).keep());
                averaged.put(name, master.copy().keep());
            });
        }
        model = build.apply(Weights.of(new Given(working)));
    }

    private static Tensor computing(Tensor tensor) {
        return tensor.rank() == 4 ? tensor.channelsLast() : tensor;
    }

    M model() {
        return model;
    }

    List<Tensor> masters() {
        return List.copyOf(masters.values());
    }

    List<Tensor> leaves() {
        return List.copyOf(working.values());
    }

    Map<String, Tensor> averaged() {
        return averaged;
    }

    /** After the optimiser has moved the masters: hand them to the model and fold them into the average. */
    void publish(double averageDecay) {
        try (var off = dev.hapax.tensor.Gradients.off();
                Scope scope = Scope.open()) {
            masters.forEach((name, master) -> {
                working.get(name).assign(master);
                averaged.get(name).timesInPlace(averageDecay).addInPlace(master, 1 - averageDecay);
            });
        }
    }

    /** All that {@link #restore} needs, by name. */
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        masters.forEach((name, tensor) -> state.put("master." + name, tensor));
        averaged.forEach((name, tensor) -> state.put("averaged." + name, tensor));
        return state;
    }

    void restore(Function<String, Tensor> saved) {
        try (var off = dev.hapax.tensor.Gradients.off();
                Scope scope = Scope.open()) {
            masters.forEach((name, tensor) -> {
                tensor.assign(saved.apply("master." + name));
                working.get(name).assign(tensor);
            });
            averaged.forEach((name, tensor) -> tensor.assign(saved.apply("averaged." + name)));
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
