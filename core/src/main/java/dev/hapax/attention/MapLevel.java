package dev.hapax.attention;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The resolutions at which attention maps are read. In Stable Diffusion at 512 pixels both are 16 x 16. */
public enum MapLevel {
    /** That whose shorter side is nearest to 16, which MCPL and Prompt-to-Prompt read. */
    NEAREST_TO_16 {
        @Override
        Stream<AttentionLayer> first(Resolution latents, List<AttentionLayer> layers) {
            double shorter = Math.min(latents.height(), latents.width());
            return layers.stream()
                    .sorted(Comparator.comparingDouble(layer -> Math.abs(shorter / layer.divisor() - 16)));
        }
    },
    /**
     * The lowest of the way down: a quarter of the latents' sides in Stable Diffusion, whatever their size, which
     * DisenDiff reads (our choice, see decision 28).
     */
    LOWEST_DOWN {
        @Override
        Stream<AttentionLayer> first(Resolution latents, List<AttentionLayer> layers) {
            return layers.stream()
                    .filter(layer -> layer.name().startsWith("down_blocks."))
                    .sorted(Comparator.comparingInt(AttentionLayer::divisor).reversed());
        }
    };

    /** Layers, one of the level first. */
    abstract Stream<AttentionLayer> first(Resolution latents, List<AttentionLayer> layers);

    /**
     * The resolution of the maps.
     *
     * @param latents the size of the latents
     * @param layers the U-Net's cross-attention layers
     * @throws IllegalArgumentException if the U-Net reads no text there
     */
    public Resolution of(Resolution latents, List<AttentionLayer> layers) {
        return first(latents, layers)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("this U-Net reads no text at the level " + this))
                .resolution(latents.height(), latents.width());
    }
}
