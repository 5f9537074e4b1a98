package dev.hapax.attention;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The resolutions at which attention maps are read. In Stable Diffusion at 512 pixels both are 16 x 16. */
public enum MapLevel {
    /** That whose shorter side is nearest to 16, which MCPL and Prompt-to-Prompt read. */
    NEAREST_TO_16 {
        @Override
        Optional<AttentionLayer> layer(Resolution latents, List<AttentionLayer> layers) {
            double shorter = Math.min(latents.height(), latents.width());
            return layers.stream().min(Comparator.comparingDouble(layer -> Math.abs(shorter / layer.divisor() - 16)));
        }
    },
    /**
     * The lowest of the way down: a quarter of the latents' sides in Stable Diffusion, whatever their size, which
     * DisenDiff reads (our choice, see decision 28).
     */
    LOWEST_DOWN {
        @Override
        Optional<AttentionLayer> layer(Resolution latents, List<AttentionLayer> layers) {
            return layers.stream()
                    .filter(layer -> layer.name().startsWith("down_blocks."))
                    .max(Comparator.comparingInt(AttentionLayer::divisor));
        }
    };

    /** One of the level. */
    abstract Optional<AttentionLayer> layer(Resolution latents, List<AttentionLayer> layers);

    /**
     * The resolution of the maps.
     *
     * @param latents the size of the latents
     * @param layers the U-Net's cross-attention layers
     * @throws IllegalArgumentException if the U-Net reads no text there
     */
    public Resolution of(Resolution latents, List<AttentionLayer> layers) {
        return layer(latents, layers)
                .orElseThrow(() -> new IllegalArgumentException("this U-Net reads no text at the level " + this))
                .resolution(latents.height(), latents.width());
    }
}
