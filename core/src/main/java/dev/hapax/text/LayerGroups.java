package dev.hapax.text;

import dev.hapax.attention.AttentionLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * MATTE's three groups of layers (Agarwal et al. 2025, figure 5), from how far a layer is from the middle of the U-Net:
 * coarse near it, moderate, fine at both ends.
 *
 * <p>The figure has sixteen layers. For others we count in shares of the way from the middle to each end: with the j-th of
 * n layers at {@code (j + 1/2) / n}, coarse is below {@code 1/4} and moderate below {@code 2/3}, which gives the figure's
 * 4, 7 and 5 for sixteen layers (decision 20).
 */
public final class LayerGroups {
    /** Near the middle. */
    public static final int COARSE = 0;

    /** Between. */
    public static final int MODERATE = 1;

    /** At both ends. */
    public static final int FINE = 2;

    private static final double COARSE_SHARE = 1.0 / 4;
    private static final double MODERATE_SHARE = 2.0 / 3;

    private LayerGroups() {}

    /**
     * The group of each layer.
     *
     * @param layers of the U-Net, in execution order
     * @throws IllegalArgumentException for a U-Net with several layers in one transformer (SDXL), for which nobody has said
     *     which does what, and for one so small that a group is empty
     */
    public static List<Integer> byDepth(List<AttentionLayer> layers) {
        layers.stream()
                .filter(layer -> layer.name().contains("transformer_blocks.1."))
                .findFirst()
                .ifPresent(layer -> {
                    throw new IllegalArgumentException("this U-Net has several layers in one transformer ("
                            + layer.name() + "), as SDXL has; which of its " + layers.size() + " layers are coarse,"
                            + " moderate and fine is not known: choose a grouping and give it as a table of cells"
                            + " (--cells FILE); prompts can name layers by themselves, {layers 4-9: ...}");
                });
        int down = count(layers, "down_blocks");
        int up = count(layers, "up_blocks");
        List<Integer> groups = new ArrayList<>();
        for (AttentionLayer layer : layers) {
            int i = layer.index();
            if (i < down) {
                groups.add(group(down - 1 - i, down));
            } else if (i < layers.size() - up) {
                groups.add(COARSE);
            } else {
                groups.add(group(i - (layers.size() - up), up));
            }
        }
        for (int group = COARSE; group <= FINE; group++) {
            if (!groups.contains(group)) {
                throw new IllegalArgumentException("the " + layers.size() + " text layers of this U-Net are too few for"
                        + " three groups by depth, which come out as " + groups
                        + "; give a table of cells (--cells FILE)");
            }
        }
        return groups;
    }

    private static int group(int fromMiddle, int count) {
        double way = (fromMiddle + 0.5) / count;
        return way < COARSE_SHARE ? COARSE : way < MODERATE_SHARE ? MODERATE : FINE;
    }

    private static int count(List<AttentionLayer> layers, String part) {
        return (int)
                layers.stream().filter(layer -> layer.name().startsWith(part)).count();
    }
}
