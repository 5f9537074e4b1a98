package dev.hapax.vae;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.nn.GroupNorm;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;

/** A normalisation of features that may look at the latents that they are decoded from. */
interface LatentNorm {

    /** Features (b, channels, h, w) and latents (b, latent channels, h', w') to normalised features. */
    Tensor apply(Tensor x, Tensor latents);

    /** Plain group normalisation, which does not look. */
    static LatentNorm group(MovqConfig config, Weights weights, int channels) {
        GroupNorm norm = GroupNorm.of(weights, channels, config.groups(), MovqConfig.NORM_EPSILON);
        return (x, latents) -> norm.apply(x);
    }

    /** The latents scale and shift the normalised features pixel by pixel (Zheng et al. 2022). */
    static LatentNorm spatial(MovqConfig config, Weights weights, int channels) {
        GroupNorm norm =
                GroupNorm.of(weights.at("norm_layer"), channels, MovqConfig.SPATIAL_GROUPS, MovqConfig.NORM_EPSILON);
        Conv2d scale = Conv2d.of(weights.at("conv_y"), config.codeChannels(), channels, 1);
        Conv2d shift = Conv2d.of(weights.at("conv_b"), config.codeChannels(), channels, 1);
        return (x, latents) -> Scope.run(() -> {
            Tensor spread = Functional.resizeNearest(latents, x.size(2), x.size(3));
            return norm.apply(x).times(scale.apply(spread)).plus(shift.apply(spread));
        });
    }
}
