package dev.hapax.unet;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.nn.GroupNorm;
import dev.hapax.nn.Sinusoid;
import dev.hapax.nn.TimestepEmbedding;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.ScaleShiftResnet.Resize;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The decoder of Kandinsky 2.1 and 2.2 (Razzhigaev et al. 2023): from noisy latents, a timestep and the CLIP embedding
 * of an image it predicts the noise, and in further channels how much the variance may vary. Diffusers' {@code
 * UNet2DConditionModel} with the blocks of Dhariwal and Nichol 2021, with its parameter names. Dropout is never applied.
 */
public final class KandinskyUNet {
    private final KandinskyUNetConfig config;
    private final Sinusoid sinusoid;
    private final TimestepEmbedding timeEmbedding;
    private final ImageConditioning conditioning;
    private final Conv2d convIn;
    private final List<KandinskyBlock> down = new ArrayList<>();
    private final ScaleShiftResnet before;
    private final AddedKeyAttention middle;
    private final ScaleShiftResnet after;
    private final List<KandinskyBlock> up = new ArrayList<>();
    private final GroupNorm normOut;
    private final Conv2d convOut;

    private KandinskyUNet(KandinskyUNetConfig config, Weights weights) {
        this.config = config;
        TimeConfig time = config.time();
        sinusoid = new Sinusoid(time.sinusoidWidth(), time.cosFirst(), time.shift());
        timeEmbedding = TimestepEmbedding.of(
                weights.at("time_embedding"), time.sinusoidWidth(), time.width(), time.width(), config.activation());
        conditioning = ImageConditioning.of(config, weights);
        int finest = config.down().get(0).channels();
        convIn = Conv2d.of(weights.at("conv_in"), config.inChannels(), finest, config.inKernel());
        Deque<Integer> skips = new ArrayDeque<>(List.of(finest)); // channels of what the way down leaves behind
        int channels = finest;
        int last = config.down().size() - 1;
        for (int i = 0; i <= last; i++) {
            KandinskyStage stage = config.down().get(i);
            down.add(KandinskyBlock.down(
                    config,
                    stage,
                    channels,
                    i == last,
                    weights.at("down_blocks").at(i)));
            channels = stage.channels();
            for (int j = 0; j < stage.resnets() + (i == last ? 0 : 1); j++) {
                skips.push(channels);
            }
        }
        Weights mid = weights.at("mid_block");
        before = ScaleShiftResnet.of(config, mid.at("resnets.0"), channels, channels, Resize.NONE, config.midScale());
        middle = AddedKeyAttention.of(config, config.mid(), mid.at("attentions.0"));
        after = ScaleShiftResnet.of(config, mid.at("resnets.1"), channels, channels, Resize.NONE, config.midScale());
        for (int i = 0; i <= last; i++) {
            KandinskyStage stage = config.up().get(i);
            up.add(KandinskyBlock.up(
                    config,
                    stage,
                    channels,
                    skips,
                    i == last,
                    weights.at("up_blocks").at(i)));
            channels = stage.channels();
        }
        normOut = GroupNorm.of(weights.at("conv_norm_out"), finest, config.groups(), config.epsilon());
        convOut = Conv2d.of(weights.at("conv_out"), finest, config.outChannels(), config.outKernel());
    }

    /**
     * Builds the network from a {@code unet/config.json} and its weights.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if the configuration asks for something that is not supported,
     *     or a weight is missing or has another shape
     */
    public static KandinskyUNet of(Config config, Weights weights) {
        return new KandinskyUNet(KandinskyUNetConfig.of(config), weights);
    }

    /** Channels of the latents that it reads. */
    public int inChannels() {
        return config.inChannels();
    }

    /** Channels of what it predicts: {@link #inChannels()}, or twice as many with the variance. */
    public int outChannels() {
        return config.outChannels();
    }

    /** The width of the image embeddings that it reads. */
    public int imageWidth() {
        return conditioning.imageWidth();
    }

    /** Whether it reads a text beside the image embedding: Kandinsky 2.1 does, 2.2 does not. */
    public boolean readsText() {
        return config.text();
    }

    /**
     * Predicts the noise in latents.
     *
     * @param latents (b, in channels, h, w); h and w are multiples of {@code 2^(resolutions - 1)}
     * @param timesteps (b), or one for all
     * @param conditions b of them
     * @return (b, out channels, h, w)
     * @throws IllegalArgumentException if a shape does not fit, or a text is missing or too much
     */
    public Tensor predict(Tensor latents, Tensor timesteps, ImageConditions conditions) {
        Shape.require("latents", latents.shape(), -1, config.inChannels(), -1, -1);
        int multiple = 1 << (config.down().size() - 1);
        if (latents.size(2) % multiple != 0 || latents.size(3) % multiple != 0) {
            throw new IllegalArgumentException("latents of " + latents.size(3) + " x " + latents.size(2)
                    + " cannot be halved " + (config.down().size() - 1) + " times; sides must be multiples of "
                    + multiple);
        }
        long batch = latents.size(0);
        Tensor context = conditioning.context(conditions); // (b, tokens, context width)
        Tensor each = timesteps.elements() == 1 ? timesteps.reshape(1).expand(batch) : timesteps;
        Shape.require("timesteps", each.shape(), batch);
        Tensor sines = sinusoid.apply(each).to(timeEmbedding.linear1().weight().dtype());
        Tensor time = timeEmbedding.apply(sines).plus(conditioning.time(conditions)); // (b, time width)
        Tensor h = convIn.apply(latents);
        Deque<Tensor> skips = new ArrayDeque<>(List.of(h));
        for (KandinskyBlock block : down) {
            h = block.down(h, time, context, skips);
        }
        h = after.apply(middle.apply(before.apply(h, time), context), time);
        for (KandinskyBlock block : up) {
            h = block.up(h, time, context, skips);
        }
        return convOut.apply(config.activation().apply(normOut.apply(h))).contiguous();
    }
}
