package dev.hapax.unet;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.nn.Activation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The architecture in a {@code UNet2DConditionModel} configuration of Kandinsky 2.1 or 2.2.
 *
 * @param inChannels channels of the latents
 * @param outChannels channels of the prediction: twice as many where it also predicts the variance
 * @param down resolutions on the way down, the finest first
 * @param mid the middle, at the coarsest resolution
 * @param up resolutions on the way up, the coarsest first
 * @param time how the timestep enters
 * @param contextWidth width of what attention reads
 * @param encoderWidth width of the text (2.1) or the image embedding (2.2) that the context is made of
 * @param text whether it reads a text beside the image embedding (2.1)
 * @param groups groups of every group normalisation
 * @param epsilon of every group normalisation
 * @param activation between convolutions
 * @param scale the residual sums are divided by it
 * @param midScale the same in the middle
 * @param plainTime whether the timestep goes into residual blocks without an activation before
 * @param inKernel kernel side of the first convolution
 * @param outKernel kernel side of the last convolution
 */
record KandinskyUNetConfig(
        int inChannels,
        int outChannels,
        List<KandinskyStage> down,
        KandinskyStage mid,
        List<KandinskyStage> up,
        TimeConfig time,
        int contextWidth,
        int encoderWidth,
        boolean text,
        int groups,
        double epsilon,
        Activation activation,
        double scale,
        double midScale,
        boolean plainTime,
        int inKernel,
        int outKernel) {

    KandinskyUNetConfig {
        down = List.copyOf(down);
        up = List.copyOf(up);
        for (KandinskyStage stage : down) {
            if (groups < 1 || stage.channels() % groups != 0) {
                throw new IllegalArgumentException("block_out_channels has " + stage.channels()
                        + ", which is not a multiple of norm_num_groups " + groups + "; change one of the two");
            }
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
    static KandinskyUNetConfig of(Config config) {
        SupportedKeys.requireKandinsky(config);
        boolean text = config.text("addition_embed_type").equals("text_image");
        if (text != config.text("encoder_hid_dim_type").equals("text_image_proj")) {
            throw new CheckpointException(config.origin()
                    + ": \"addition_embed_type\" and \"encoder_hid_dim_type\" must both be of text and image, or both of"
                    + " image alone");
        }
        try {
            Stages stages = Stages.of(config);
            int finest = stages.channels().get(0);
            return new KandinskyUNetConfig(
                    config.integer("in_channels", 4),
                    config.integer("out_channels", 4),
                    stages.down(),
                    stages.mid(config),
                    stages.up(),
                    new TimeConfig(
                            finest,
                            config.integer("time_embedding_dim", 4 * finest),
                            config.flag("flip_sin_to_cos", true),
                            config.number("freq_shift", 0)),
                    config.integer("cross_attention_dim"),
                    config.integer("encoder_hid_dim"),
                    text,
                    config.integer("norm_num_groups", 32),
                    config.number("norm_eps", 1e-5),
                    UNetConfig.activation(config),
                    config.number("resnet_out_scale_factor", 1),
                    config.number("mid_block_scale_factor", 1),
                    config.flag("resnet_skip_time_act", false),
                    config.integer("conv_in_kernel", 3),
                    config.integer("conv_out_kernel", 3));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(config.origin() + ": " + e.getMessage(), e);
        }
    }

    /** The lists of a configuration that run over resolutions; on the way up they run backwards. */
    private record Stages(
            List<Integer> channels,
            List<Integer> layers,
            List<Boolean> attentionDown,
            List<Boolean> attentionUp,
            List<Integer> headWidths,
            boolean onlyContext) {

        static Stages of(Config config) {
            List<Integer> channels = config.integers("block_out_channels");
            int n = channels.size();
            return new Stages(
                    channels,
                    config.has("layers_per_block") ? config.integers("layers_per_block", n) : Collections.nCopies(n, 2),
                    attention(config, "down_block_types", "SimpleCrossAttnDownBlock2D", "ResnetDownsampleBlock2D", n),
                    attention(config, "up_block_types", "SimpleCrossAttnUpBlock2D", "ResnetUpsampleBlock2D", n),
                    config.integers("attention_head_dim", n),
                    config.flag("only_cross_attention", false));
        }

        private static List<Boolean> attention(Config config, String key, String with, String without, int size) {
            List<String> types = config.texts(key);
            if (types.size() != size || size == 0) {
                throw new IllegalArgumentException("\"" + key + "\" has " + types.size()
                        + " entries, \"block_out_channels\" has " + size + "; they must agree");
            }
            for (String type : types) {
                if (!type.equals(with) && !type.equals(without)) {
                    throw new IllegalArgumentException("\"" + key + "\" has " + type
                            + ", which is not supported beside " + with + " and " + without);
                }
            }
            return types.stream().map(with::equals).toList();
        }

        List<KandinskyStage> down() {
            List<KandinskyStage> stages = new ArrayList<>();
            for (int i = 0; i < channels.size(); i++) {
                stages.add(stage(i, layers.get(i), attentionDown.get(i), onlyContext));
            }
            return stages;
        }

        KandinskyStage mid(Config config) {
            return stage(channels.size() - 1, 2, true, config.flag("mid_block_only_cross_attention", onlyContext));
        }

        List<KandinskyStage> up() {
            List<KandinskyStage> stages = new ArrayList<>();
            for (int i = 0; i < channels.size(); i++) {
                int depth = channels.size() - 1 - i;
                stages.add(stage(depth, layers.get(depth) + 1, attentionUp.get(i), onlyContext));
            }
            return stages;
        }

        private KandinskyStage stage(int depth, int resnets, boolean attention, boolean context) {
            return new KandinskyStage(channels.get(depth), resnets, attention, headWidths.get(depth), context);
        }
    }
}
