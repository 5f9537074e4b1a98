package dev.hapax.vae;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.nn.Activation;
import java.util.List;
import java.util.Set;

/**
 * The architecture in a {@code VQModel} configuration; defaults are those of diffusers.
 *
 * @param inChannels of the images that are encoded
 * @param outChannels of the images that are decoded
 * @param latentChannels between encoder and decoder
 * @param codeChannels of the latents and of the codebook
 * @param codes how many vectors the codebook has
 * @param channels feature channels of each resolution, the finest first
 * @param attentionDown for each resolution of the encoder, the finest first: whether its pixels look at each other
 * @param attentionUp the same for the decoder, the coarsest first
 * @param layersPerBlock residual blocks per resolution of the encoder; the decoder has one more
 * @param groups groups of the group normalisations that do not look at the latents
 * @param activation between convolutions
 * @param midAttention whether the coarsest resolution attends to itself
 * @param spatial whether the decoder's normalisations look at the latents
 */
record MovqConfig(
        int inChannels,
        int outChannels,
        int latentChannels,
        int codeChannels,
        int codes,
        List<Integer> channels,
        List<Boolean> attentionDown,
        List<Boolean> attentionUp,
        int layersPerBlock,
        int groups,
        Activation activation,
        boolean midAttention,
        boolean spatial) {

    /** The epsilon of every group normalisation in VQModel. */
    static final double NORM_EPSILON = 1e-6;

    /** Groups of a normalisation that looks at the latents, whatever the configuration says. */
    static final int SPATIAL_GROUPS = 32;

    private static final String MODEL = "VQModel";

    /** What the configuration may say; the last four change nothing here. */
    private static final Set<String> KEYS = Set.of(
            "act_fn",
            "block_out_channels",
            "down_block_types",
            "in_channels",
            "latent_channels",
            "layers_per_block",
            "mid_block_add_attention",
            "norm_num_groups",
            "norm_type",
            "num_vq_embeddings",
            "out_channels",
            "up_block_types",
            "vq_embed_dim",
            "force_upcast",
            "lookup_from_codebook",
            "sample_size",
            "scaling_factor");

    MovqConfig {
        channels = List.copyOf(channels);
        for (int width : channels) {
            if (groups < 1 || width < 1 || width % groups != 0 || (spatial && width % SPATIAL_GROUPS != 0)) {
                throw new IllegalArgumentException("block_out_channels " + channels
                        + " are not all multiples of norm_num_groups " + groups
                        + (spatial ? " and of " + SPATIAL_GROUPS : "") + "; change one of the two");
            }
        }
    }

    /**
     * Reads and checks a configuration.
     *
     * @throws CheckpointException if it asks for something that this autoencoder does not have
     */
    static MovqConfig of(Config config) {
        String model = config.text("_class_name", MODEL);
        if (!model.equals(MODEL)) {
            throw new CheckpointException(config.origin() + " describes " + model + ", not " + MODEL);
        }
        config.rejectUnknown(KEYS);
        String norm = config.text("norm_type", "group");
        if (!norm.equals("group") && !norm.equals("spatial")) {
            throw new CheckpointException(
                    config.origin() + ": \"norm_type\" must be group or spatial, got \"" + norm + "\"");
        }
        List<Integer> channels = config.integers("block_out_channels");
        int latents = config.integer("latent_channels", 3);
        try {
            return new MovqConfig(
                    config.integer("in_channels", 3),
                    config.integer("out_channels", 3),
                    latents,
                    config.integer("vq_embed_dim", latents),
                    config.integer("num_vq_embeddings", 256),
                    channels,
                    attention(config, "down_block_types", "DownEncoderBlock2D", channels.size()),
                    attention(config, "up_block_types", "UpDecoderBlock2D", channels.size()),
                    config.integer("layers_per_block", 1),
                    config.integer("norm_num_groups", 32),
                    Activation.named(config.text("act_fn", "silu")),
                    config.flag("mid_block_add_attention", true),
                    norm.equals("spatial"));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(config.origin() + ": " + e.getMessage(), e);
        }
    }

    private static List<Boolean> attention(Config config, String key, String plain, int count) {
        List<String> types = config.texts(key);
        if (types.size() != count || count == 0) {
            throw new IllegalArgumentException("\"" + key + "\" has " + types.size()
                    + " entries, block_out_channels has " + count + "; they must agree");
        }
        for (String type : types) {
            if (!type.equals(plain) && !type.equals("Attn" + plain)) {
                throw new IllegalArgumentException(
                        "\"" + key + "\" has " + type + "; only " + plain + " and Attn" + plain + " are supported");
            }
        }
        return types.stream().map(type -> !type.equals(plain)).toList();
    }

    /** How many image pixels lie along one side of a latent pixel. */
    int reduction() {
        return 1 << (channels.size() - 1);
    }
}
