package dev.hapax.diffusion;

import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Copies parameters to a device as they are asked for, and keeps the copies until it is closed. */
final class PlacedWeights implements Weights.Source, AutoCloseable {
    private final Weights source;
    private final Device device;
    private final Map<String, Tensor> placed = new HashMap<>();

    PlacedWeights(Weights source, Device device) {
        this.source = source;
        this.device = device;
    }

    @Override
    public boolean has(String name) {
        return source.has(name);
    }

    @Override
    public Tensor get(String name, long... shape) {
        Tensor original = source.get(name, shape);
        return original.device().equals(device)
                ? original
                : placed.computeIfAbsent(name, key -> original.to(device).keep());
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(source.unused());
        names.addAll(source.used().keySet());
        return names;
    }

    @Override
    public void close() {
        placed.values().forEach(Tensor::close);
        placed.clear();
    }
}
