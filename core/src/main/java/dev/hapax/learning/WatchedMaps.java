package dev.hapax.learning;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.attention.AttentionMaps;
import dev.hapax.attention.LayerChoice;
import dev.hapax.attention.Resolution;
import dev.hapax.attention.TokenMaps;
import dev.hapax.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * The attention maps that losses read: those of the layers nearest to 16 x 16, as in MCPL and DisenDiff.
 *
 * @param layers of the U-Net that read text
 */
record WatchedMaps(List<AttentionLayer> layers) {
    private static final int SIDE = 16;

    Optional<AttentionMaps> probe(AttentionNeed need, Tensor latents) {
        LayerChoice choice = LayerChoice.at(resolution(size(latents)));
        return switch (need) {
            case NONE -> Optional.empty();
            case VALUES -> Optional.of(AttentionMaps.detached(choice));
            case GRADIENT -> Optional.of(AttentionMaps.withGradient(choice));
        };
    }

    TokenMaps read(AttentionMaps maps, Tensor latents) {
        return maps.at(resolution(size(latents)));
    }

    /** Of latents (b, c, h, w). */
    static Resolution size(Tensor latents) {
        return new Resolution((int) latents.size(2), (int) latents.size(3));
    }

    Resolution resolution(Resolution latents) {
        return Resolution.nearest(latents, layers, SIDE);
    }
}
