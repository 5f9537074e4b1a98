package dev.hapax.attention;

import java.util.Set;
import java.util.TreeSet;

/** Which cross-attention layers somebody wants to see, by resolution or by index. */
@FunctionalInterface
public interface LayerChoice {
    /** Whether the choice includes this layer, which runs at this resolution. */
    boolean includes(AttentionLayer layer, Resolution resolution);

    /** Every layer. */
    static LayerChoice all() {
        return (layer, resolution) -> true;
    }

    /** The layers that run at this resolution. */
    static LayerChoice at(Resolution wanted) {
        return (layer, resolution) -> resolution.equals(wanted);
    }

    /** The layers with these indices. */
    static LayerChoice layers(int... indices) {
        Set<Integer> wanted = new TreeSet<>();
        for (int index : indices) {
            wanted.add(index);
        }
        return (layer, resolution) -> wanted.contains(layer.index());
    }

    /** The layers that both choices include. */
    default LayerChoice and(LayerChoice other) {
        return (layer, resolution) -> includes(layer, resolution) && other.includes(layer, resolution);
    }
}
