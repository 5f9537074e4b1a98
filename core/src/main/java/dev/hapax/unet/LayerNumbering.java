package dev.hapax.unet;

import dev.hapax.attention.AttentionLayer;
import java.util.ArrayList;
import java.util.List;

/** Numbers cross-attention layers in the order in which they are made, which is the order in which they run. */
final class LayerNumbering {
    private final List<AttentionLayer> layers = new ArrayList<>();

    /** The next layer. */
    AttentionLayer next(String name, Stage stage) {
        AttentionLayer layer = new AttentionLayer(layers.size(), name, stage.divisor(), stage.contextWidth());
        layers.add(layer);
        return layer;
    }

    /** All layers so far. */
    List<AttentionLayer> layers() {
        return List.copyOf(layers);
    }
}
