package dev.hapax.vae;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.nn.Activation;
import java.util.List;
import java.util.Set;

/**
 * The architecture in an {@code AutoencoderKL} configuration; defaults are those of diffusers.
 *
 * @param channels feature channels of each resolution, the finest first
 * @param layersPerBlock residual blocks per resolution of the encoder; the decoder has one more
 * @param groups groups of every group normalisation
 * @param midAttention whether the coarsest resolution attends to itself
 * @param quantConv whether a 1x1 convolution follows the encoder
 * @param postQuantConv whether a 1x1 convolution precedes the decoder
 * @param scale between z and the diffusion model's latents
 */
record VaeConfig(
        int inChannels,
        int outChannels,
        int latentChannels,
        List<Integer> channels,
        int layersPerBlock,
        int groups,
        Activation activation,
        boolean midAttention,
        boolean quantConv,
        boolean postQuantConv,
        LatentScale scale) {

    /** The epsilon of every group normalisation in AutoencoderKL (diffusers: {@code resnet_eps=1e-6}). */
    static final double NORM_EPSILON = 1e-6;

    private static final String MODEL = "AutoencoderKL";

    /** What the configuration may say; force_upcast and sample_size change nothing here. */
    private static final Set<String> KEYS = Set.of(
            "act_fn",
            "block_out_channels",
            "down_block_types",
            "force_upcast",
            "in_channels",
            "latent_channels",
            "latents_mean",
            "latents_std",
            "layers_per_block",
            "mid_block_add_attention",
            "norm_num_groups",
            "out_channels",
            "sample_size",
            "scaling_factor",
            "shift_factor",
            "up_block_types",
            "use_post_quant_conv",
            "use_quant_conv");

    VaeConfig {
        channels = List.copyOf(channels);
        for (int width : channels) {
            if (groups < 1 || width < 1 || width % groups != 0) {
                throw new IllegalArgumentException("block_out_channels " + channels
                        + " are not all multiples of norm_num_groups " + groups + "; change one of the two");
            }
        }
    }

    /**
     * Reads and checks a configuration.
     *
     * @throws CheckpointException if it asks for something that this autoencoder does not have
     */
    static VaeConfig of(Config config) {
        String model = config.text("_class_name", MODEL);
        if (!model.equals(MODEL)) {
            throw new CheckpointException(config.origin() + " describes " + model + ", not " + MODEL);
        }
        config.rejectUnknown(KEYS);
        List<Integer> channels = config.integers("block_out_channels");
        requireBlocks(config, "down_block_types", "DownEncoderBlock2D", channels.size());
        requireBlocks(config, "up_block_types", "UpDecoderBlock2D", channels.size());
        for (String key : List.of("latents_mean", "latents_std")) {
            if (config.has(key)) {
                throw new CheckpointException(config.origin() + ": \"" + key
                        + "\" is set; only scaling_factor and shift_factor are supported");
            }
        }
        try {
            return new VaeConfig(
                    config.integer("in_channels", 3),
                    config.integer("out_channels", 3),
                    config.integer("latent_channels", 4),
                    channels,
                    config.integer("layers_per_block", 1),
                    config.integer("norm_num_groups", 32),
                    Activation.named(config.text("act_fn", "silu")),
                    config.flag("mid_block_add_attention", true),
                    config.flag("use_quant_conv", true),
                    config.flag("use_post_quant_conv", true),
                    LatentScale.of(config));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(config.origin() + ": " + e.getMessage(), e);
        }
    }

    /** How many image pixels lie along one side of a latent pixel. */
    int reduction() {
        return 1 << (channels.size() - 1);
    }

    private static void requireBlocks(Config config, String key, String type, int count) {
        if (!config.has(key)) {
            return;
        }
        List<String> types = config.texts(key);
        if (types.size() != count) {
            throw new CheckpointException(config.origin() + ": \"" + key + "\" has " + types.size()
                    + " entries, block_out_channels has " + count + "; they must agree");
        }
        for (String given : types) {
            if (!given.equals(type)) {
                throw new CheckpointException(
                        config.origin() + ": \"" + key + "\" has " + given + "; only " + type + " is supported");
            }
        }
    }
}
