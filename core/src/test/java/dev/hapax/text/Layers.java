package dev.hapax.text;

import dev.hapax.attention.AttentionLayer;
import java.util.ArrayList;
import java.util.List;

/** The layers of U-Nets, by how many there are on the way down and up. */
public final class Layers {
    private Layers() {}

    /** Stable Diffusion's sixteen. */
    public static List<AttentionLayer> sixteen() {
        return of(6, 9);
    }

    /** So many on each side of one in the middle. */
    public static List<AttentionLayer> of(int down, int up) {
        List<AttentionLayer> layers = new ArrayList<>();
        for (int i = 0; i < down + 1 + up; i++) {
            String part = i < down ? "down_blocks." : i == down ? "mid_block." : "up_blocks.";
            layers.add(new AttentionLayer(i, part + "attentions.0.transformer_blocks.0.attn2", 1, 8));
        }
        return layers;
    }
}
