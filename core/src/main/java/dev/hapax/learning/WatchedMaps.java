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
 * The attention maps that the losses of a method read.
 *
 * @param need what the losses ask for
 * @param layers of the U-Net that read text
 */
record WatchedMaps(AttentionNeed need, List<AttentionLayer> layers) {
    /** What records them in one pass over these latents (b, c, h, w). */
    Optional<AttentionMaps> probe(Tensor latents) {
        return resolution(Resolution.of(latents))
                .map(LayerChoice::at)
                .map(choice -> need.gradient() ? AttentionMaps.withGradient(choice) : AttentionMaps.detached(choice));
    }

    /** What was recorded. */
    TokenMaps read(AttentionMaps maps, Tensor latents) {
        return maps.at(resolution(Resolution.of(latents)).orElseThrow());
    }

    /** The layers that are recorded. */
    LayerChoice choice(Resolution latents) {
        return resolution(latents).map(LayerChoice::at).orElseGet(LayerChoice::layers);
    }

    private Optional<Resolution> resolution(Resolution latents) {
        return need.level().map(level -> level.of(latents, layers));
    }
}
