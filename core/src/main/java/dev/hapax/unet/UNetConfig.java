package dev.hapax.unet;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.nn.Activation;
import java.util.List;
import java.util.Optional;

/**
 * The architecture in a {@code UNet2DConditionModel} configuration.
 *
 * @param inChannels channels of the latents (9 for inpainting: latents, mask, masked latents)
 * @param outChannels channels of the prediction
 * @param down resolutions on the way down, the finest first
 * @param mid the middle, at the coarsest resolution
 * @param up resolutions on the way up, the coarsest first
 * @param time how the timestep enters
 * @param textTime the added conditions of SDXL, if it has them
 * @param imageClass width of the image embedding with its noise level, if it reads one: Stable Diffusion unCLIP
 * @param groups groups of every group normalisation
 * @param epsilon of the group normalisations outside transformers
 * @param activation between convolutions
 * @param linearProjection whether transformers begin and end with a linear layer instead of a 1x1 convolution
 * @param centered whether latents are taken as {@code 2 x - 1}
 * @param midScale the middle's residual sums are divided by it
 * @param downPadding zeros around what a downsampling convolution reads; 0 stands for one row and column at the end
 * @param inKernel kernel side of the first convolution
 * @param outKernel kernel side of the last convolution
 */
record UNetConfig(
        int inChannels,
        int outChannels,
        List<Stage> down,
        Stage mid,
        List<Stage> up,
        TimeConfig time,
        Optional<TextTimeConfig> textTime,
        Optional<Integer> imageClass,
        int groups,
        double epsilon,
        Activation activation,
        boolean linearProjection,
        boolean centered,
        double midScale,
        int downPadding,
        int inKernel,
        int outKernel) {

    /** The epsilon of the group normalisation at the head of a transformer (diffusers: {@code Transformer2DModel}). */
    static final double TRANSFORMER_NORM_EPSILON = 1e-6;

    /** The epsilon of the layer normalisations in a transformer block (the default of PyTorch's {@code LayerNorm}). */
    static final double LAYER_NORM_EPSILON = 1e-5;

    UNetConfig {
        down = List.copyOf(down);
        up = List.copyOf(up);
        if (inChannels < 1 || outChannels < 1) {
            throw new IllegalArgumentException(
                    "in_channels and out_channels must be >= 1, got " + inChannels + " and " + outChannels);
        }
        for (Stage stage : down) {
            if (groups < 1 || stage.channels() % groups != 0) {
                throw new IllegalArgumentException("block_out_channels has " + stage.channels()
                        + ", which is not a multiple of norm_num_groups " + groups + "; change one of the two");
            }
        }
        if (!(epsilon > 0) || !(midScale > 0) || downPadding < 0) {
            throw new IllegalArgumentException("norm_eps (" + epsilon + ") and mid_block_scale_factor (" + midScale
                    + ") must be > 0, downsample_padding (" + downPadding + ") >= 0");
        }
        if (textTime.isPresent() && imageClass.isPresent()) {
            throw new IllegalArgumentException(
                    "addition_embed_type and class_embed_type are both set; no known model has both");
        }
        if (inKernel % 2 != 1 || outKernel % 2 != 1) {
            throw new IllegalArgumentException(
                    "conv_in_kernel and conv_out_kernel must be odd, got " + inKernel + " and " + outKernel);
        }
    }

    /**
     * Reads and checks a configuration.
     *
     * @throws CheckpointException naming key and value if it asks for something that this U-Net does not have
     */
    static UNetConfig of(Config config) {
        SupportedKeys.require(config);
        try {
            StageReader stages = StageReader.of(config);
            int sinusoidWidth = stages.channels().get(0);
            return new UNetConfig(
                    config.integer("in_channels", 4),
                    config.integer("out_channels", 4),
                    stages.down(),
                    stages.mid(),
                    stages.up(),
                    new TimeConfig(
                            sinusoidWidth,
                            config.integer("time_embedding_dim", 4 * sinusoidWidth),
                            config.flag("flip_sin_to_cos", true),
                            config.number("freq_shift", 0)),
                    textTime(config),
                    config.has("class_embed_type")
                            ? Optional.of(config.integer("projection_class_embeddings_input_dim"))
                            : Optional.empty(),
                    config.integer("norm_num_groups", 32),
                    config.number("norm_eps", 1e-5),
                    activation(config),
                    config.flag("use_linear_projection", false),
                    config.flag("center_input_sample", false),
                    config.number("mid_block_scale_factor", 1),
                    config.integer("downsample_padding", 1),
                    config.integer("conv_in_kernel", 3),
                    config.integer("conv_out_kernel", 3));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(config.origin() + ": " + e.getMessage(), e);
        }
    }

    /** The activation that a configuration names. */
    static Activation activation(Config config) {
        try {
            return Activation.named(config.text("act_fn", "silu"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"act_fn\": " + e.getMessage(), e);
        }
    }

    private static Optional<TextTimeConfig> textTime(Config config) {
        return config.has("addition_embed_type")
                ? Optional.of(new TextTimeConfig(
                        config.integer("addition_time_embed_dim"),
                        config.integer("projection_class_embeddings_input_dim")))
                : Optional.empty();
    }
}
