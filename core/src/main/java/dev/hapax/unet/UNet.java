package dev.hapax.unet;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.attention.AttentionProbe;
import dev.hapax.attention.LayerChoice;
import dev.hapax.attention.Resolution;
import dev.hapax.attention.TextContext;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Activation;
import dev.hapax.nn.Conv2d;
import dev.hapax.nn.Footprint;
import dev.hapax.nn.GroupNorm;
import dev.hapax.nn.Sinusoid;
import dev.hapax.nn.TimestepEmbedding;
import dev.hapax.tensor.Segments;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The denoising network of Stable Diffusion 1.x, 2.x and XL: from noisy latents, a timestep and a text it predicts the
 * noise (or whatever the model was trained to predict). Diffusers' {@code UNet2DConditionModel}, with its parameter
 * names.
 *
 * <p>Works in the type of its weights and the memory format that latents and weights come in. It does not convert to
 * channels-last by itself: with plain weights every convolution would then convert its weight, which made a training
 * step of Stable Diffusion 1.5's size on 32x32 latents half as slow again (9.2 s of processor time instead of 5.9 s).
 * Dropout is never applied.
 */
public final class UNet {
    private final UNetConfig config;
    private final Sinusoid sinusoid;
    private final TimestepEmbedding timeEmbedding;
    private final @Nullable TextTimeEmbedding textTime;
    private final @Nullable TimestepEmbedding imageClass;
    private final Conv2d convIn;
    private final List<DownBlock> down = new ArrayList<>();
    private final MidBlock mid;
    private final List<UpBlock> up = new ArrayList<>();
    private final GroupNorm normOut;
    private final Conv2d convOut;
    private final List<AttentionLayer> layers;
    private final List<Integer> layersUntil = new ArrayList<>(); // how many there are up to the end of each block

    private UNet(UNetConfig config, Weights weights) {
        this.config = config;
        TimeConfig time = config.time();
        LayerNumbering numbering = new LayerNumbering();
        sinusoid = new Sinusoid(time.sinusoidWidth(), time.cosFirst(), time.shift());
        timeEmbedding = TimestepEmbedding.of(
                weights.at("time_embedding"), time.sinusoidWidth(), time.width(), time.width(), config.activation());
        textTime = config.textTime()
                .map(added -> TextTimeEmbedding.of(weights.at("add_embedding"), added, time))
                .orElse(null);
        imageClass = config.imageClass()
                .map(width -> TimestepEmbedding.of(
                        weights.at("class_embedding"), width, time.width(), time.width(), Activation.SILU))
                .orElse(null);

        int finest = config.down().get(0).channels();
        convIn = Conv2d.of(weights.at("conv_in"), config.inChannels(), finest, config.inKernel());
        Deque<Integer> skips = new ArrayDeque<>(List.of(finest)); // channels of what the way down leaves behind
        int channels = finest;
        for (int i = 0; i < config.down().size(); i++) {
            Stage stage = config.down().get(i);
            boolean last = i == config.down().size() - 1;
            down.add(DownBlock.of(
                    config, stage, channels, last, weights.at("down_blocks").at(i), numbering));
            channels = stage.channels();
            layersUntil.add(numbering.layers().size());
            for (int j = 0; j < stage.resnets() + (last ? 0 : 1); j++) {
                skips.push(channels);
            }
        }
        mid = MidBlock.of(config, weights.at("mid_block"), numbering);
        layersUntil.add(numbering.layers().size());
        for (int i = 0; i < config.up().size(); i++) {
            Stage stage = config.up().get(i);
            boolean last = i == config.up().size() - 1;
            up.add(UpBlock.of(
                    config,
                    stage,
                    channels,
                    skips,
                    last,
                    weights.at("up_blocks").at(i),
                    numbering));
            channels = stage.channels();
            layersUntil.add(numbering.layers().size());
        }
        normOut = GroupNorm.of(weights.at("conv_norm_out"), finest, config.groups(), config.epsilon());
        convOut = Conv2d.of(weights.at("conv_out"), finest, config.outChannels(), config.outKernel());
        layers = numbering.layers();
    }

    /**
     * Builds the network from a {@code unet/config.json} and its weights.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if the configuration asks for something that is not supported,
     *     or a weight is missing or has another shape
     */
    public static UNet of(Config config, Weights weights) {
        return new UNet(UNetConfig.of(config), weights);
    }

    /** Channels of the latents that it reads: 4, or 9 for inpainting. */
    public int inChannels() {
        return config.inChannels();
    }

    /** Width of the image embedding with its noise level that it reads, or 0: Stable Diffusion unCLIP alone has one. */
    public int imageClassWidth() {
        return config.imageClass().orElse(0);
    }

    /** Channels of what it predicts. */
    public int outChannels() {
        return config.outChannels();
    }

    /** Every place at which it asks for its text, in execution order: down, mid, up. */
    public List<AttentionLayer> crossAttentionLayers() {
        return layers;
    }

    /**
     * What each block holds in a training step, in the order in which they run.
     *
     * @param latents their size
     * @param tokens of the text
     * @param moving what is taught
     * @param watched the layers whose probabilities are recorded
     */
    public List<Footprint> footprint(Resolution latents, int tokens, Moving moving, LayerChoice watched) {
        UNetFootprint footprint = new UNetFootprint(latents, tokens, moving, watched);
        footprint.add(convIn, 0, false);
        for (int i = 0; i < down.size(); i++) {
            down.get(i).measure(footprint, i);
        }
        mid.measure(footprint, down.size() - 1);
        for (int i = 0; i < up.size(); i++) {
            up.get(i).measure(footprint, up.size() - 1 - i);
        }
        footprint.add(convOut, 0, true);
        return footprint.blocks();
    }

    /** Predicts for a text alone, unwatched: Stable Diffusion 1.x and 2.x. */
    public Tensor predict(Tensor latents, Tensor timesteps, TextContext text) {
        return predict(latents, timesteps, text, AddedConditions.NONE, AttentionProbe.NONE);
    }

    /** Predicts and keeps all that differentiation may need. */
    public Tensor predict(
            Tensor latents, Tensor timesteps, TextContext text, AddedConditions added, AttentionProbe probe) {
        return predict(latents, timesteps, text, added, probe, Segments.KEPT);
    }

    /**
     * Predicts the noise in latents.
     *
     * @param latents (b, in channels, h, w) of any size, already scaled as the sampler wants it
     * @param timesteps (b), or one for all; integers or not
     * @param text (b, tokens, width) for each layer
     * @param added what the configuration asks for beside the text
     * @param probe sees the attention probabilities of the layers that it wants
     * @param segments how residual and transformer blocks are run
     * @return (b, out channels, h, w)
     * @throws IllegalArgumentException if a shape does not fit, or {@code added} is not what the model needs
     */
    public Tensor predict(
            Tensor latents,
            Tensor timesteps,
            TextContext text,
            AddedConditions added,
            AttentionProbe probe,
            Segments segments) {
        Tensor h = states(latents, timesteps, text, added, probe, segments, Integer.MAX_VALUE);
        return convOut.apply(config.activation().apply(normOut.apply(h))).contiguous(); // (b, out channels, h, w)
    }

    /**
     * Runs only as far as the block of a cross-attention layer, for what the probe sees up to there; the other parameters
     * as {@link #predict} takes them.
     *
     * @param lastLayer index of the last layer that is of interest
     */
    public void look(
            Tensor latents,
            Tensor timesteps,
            TextContext text,
            AddedConditions added,
            AttentionProbe probe,
            int lastLayer) {
        states(latents, timesteps, text, added, probe, Segments.KEPT, lastLayer);
    }

    private Tensor states(
            Tensor latents,
            Tensor timesteps,
            TextContext text,
            AddedConditions added,
            AttentionProbe probe,
            Segments segments,
            int lastLayer) {
        Shape.require("latents", latents.shape(), -1, config.inChannels(), -1, -1);
        long batch = latents.size(0);
        Conditions conditions = new Conditions(
                time(timesteps, added, batch), texts(text, batch), text.held(), text.reading(), probe, segments);
        Tensor x = config.centered() ? latents.times(2).minus(1) : latents;
        Tensor h = convIn.apply(x); // (b, channels, h, w)
        Deque<Tensor> skips = new ArrayDeque<>(List.of(h));
        Iterator<Integer> until = layersUntil.iterator();
        for (DownBlock block : down) {
            h = block.apply(h, conditions, skips);
            if (until.next() > lastLayer) {
                return h;
            }
        }
        h = mid.apply(h, conditions);
        if (until.next() > lastLayer) {
            return h;
        }
        for (UpBlock block : up) {
            boolean enough = until.next() > lastLayer;
            h = (enough ? block.withoutUpsample() : block).apply(h, conditions, skips);
            if (enough) {
                return h;
            }
        }
        return h;
    }

    private List<Tensor> texts(TextContext text, long batch) { // asked for here, outside the scopes of the blocks
        List<Tensor> texts = new ArrayList<>();
        for (AttentionLayer layer : layers) {
            Tensor own = text.at(layer.index());
            Shape.require("the text of layer " + layer.index(), own.shape(), batch, -1, layer.textWidth());
            texts.add(own);
        }
        return texts;
    }

    private Tensor time(Tensor timesteps, AddedConditions added, long batch) {
        Tensor each = timesteps.elements() == 1 ? timesteps.reshape(1).expand(batch) : timesteps;
        Shape.require("timesteps", each.shape(), batch);
        Tensor sines = sinusoid.apply(each).to(timeEmbedding.linear1().weight().dtype()); // (b, sinusoid width)
        Tensor time = timeEmbedding.apply(sines); // (b, time width)
        if (added instanceof AddedConditions.TextTime extra && textTime != null) {
            return time.plus(textTime.apply(extra, batch));
        }
        if (added instanceof AddedConditions.ImageClass image && imageClass != null) {
            long width = imageClass.linear1().weight().size(1);
            Shape.require(
                    "the image embedding with its noise level",
                    image.embedding().shape(),
                    batch,
                    width);
            return time.plus(imageClass.apply(image.embedding().to(time.dtype())));
        }
        if (added instanceof AddedConditions.None && textTime == null && imageClass == null) {
            return time;
        }
        throw new IllegalArgumentException(
                "this U-Net needs " + needs() + ", got " + added.getClass().getSimpleName());
    }

    private String needs() {
        if (imageClass != null) {
            return "an image embedding with its noise level";
        }
        return textTime == null ? "no added conditions" : "a pooled text and time ids";
    }
}
