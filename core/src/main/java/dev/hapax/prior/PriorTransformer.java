package dev.hapax.prior;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Activation;
import dev.hapax.nn.KeysValues;
import dev.hapax.nn.LayerNorm;
import dev.hapax.nn.Linear;
import dev.hapax.nn.PreNormLayer;
import dev.hapax.nn.SelfAttention;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A transformer that predicts the CLIP embedding of the image that a prompt describes, from a noisy one
 * (Ramesh et al. 2022, section 2.2): {@code PriorTransformer} in diffusers, of Karlo and Kandinsky 2.1 and 2.2.
 *
 * <p>It reads one sequence: the text states, the pooled text embedding, the timestep, the noisy embedding, and a
 * learned token in whose place the result is read. The result is the clean embedding, not the noise; both are
 * normalised, and {@link #toImageEmbedding} brings a result to CLIP's own scale. All methods keep the graph and work
 * in the type of the weights.
 */
public final class PriorTransformer {
    private static final double UNSEEN = PriorPrefix.UNSEEN;

    private final PriorConfig config;
    private final PriorSequence sequence;
    private final List<PreNormLayer> layers = new ArrayList<>();
    private final LayerNorm norm;
    private final Linear out;
    private final Tensor mean; // (1, out width)
    private final Tensor std; // (1, out width)

    private PriorTransformer(PriorConfig config, Weights weights) {
        this.config = config;
        sequence = PriorSequence.of(config, weights);
        for (int i = 0; i < config.layers(); i++) {
            layers.add(layer(config, weights.at("transformer_blocks").at(i)));
        }
        norm = LayerNorm.of(weights.at("norm_out"), config.width(), PriorConfig.NORM_EPSILON);
        out = Linear.of(weights.at("proj_to_clip_embeddings"), config.width(), config.outWidth());
        mean = weights.get("clip_mean", 1, config.outWidth());
        std = weights.get("clip_std", 1, config.outWidth());
    }

    /**
     * A prior of this configuration with parameters by diffusers' names.
     *
     * @throws CheckpointException if the configuration asks for something unsupported or a parameter does not fit
     */
    public static PriorTransformer of(Config config, Weights weights) {
        return new PriorTransformer(PriorConfig.of(config), weights);
    }

    /**
     * Predicts clean image embeddings.
     *
     * @param noisy normalised image embeddings with noise, (b, {@link #embeddingWidth()}), or k of them for each item,
     *     (b, k, embedding width)
     * @param timesteps (b), or one for all: (1) or a scalar; not read by a prior that {@linkplain #readsTime() has none}
     * @param text what the embeddings shall depict, b prompts of {@link #tokens()} states each
     * @return normalised image embeddings (b, {@link #outWidth()}); (b, k, out width) from a prior without the learned
     *     last token
     * @throws IllegalArgumentException if the shapes do not agree with the configuration
     */
    public Tensor predict(Tensor noisy, Tensor timesteps, TextCondition text) {
        Tensor embeddings = noisy.rank() == 2 ? noisy.unsqueeze(1) : noisy; // (b, k, embedding width)
        Tensor h = sequence.apply(embeddings, timesteps, text); // (b, n, width)
        Tensor mask = text.mask();
        Tensor bias = mask == null ? null : bias(mask, h);
        for (PreNormLayer layer : layers) {
            h = layer.apply(h, bias);
        }
        long k = embeddings.size(1);
        long n = h.size(1);
        return out.apply(norm.apply(config.readsLastToken() ? h.select(1, n - 1) : h.narrow(1, n - k, k)));
    }

    /**
     * What the prior remembers of prompts, to draw any number of embeddings for them.
     *
     * @param text b prompts of at most {@link #tokens()} states each, with a mask
     * @throws IllegalArgumentException if there is no mask, without which the text would see what is drawn; if this prior
     *     reads no text states or has no learned last token; if the shapes do not fit
     */
    public PriorPrefix prefix(TextCondition text) {
        Tensor mask = text.mask();
        if (mask == null) {
            throw new IllegalArgumentException(
                    "without a mask the text sees what is drawn and cannot be kept; give the prompts' mask");
        }
        PriorSequence.require("the mask", mask, text.pooled().size(0), mask.size(1));
        int states = longest(mask);
        Tensor h = sequence.textPart(text, states); // (b, states + 1, width)
        Tensor unseen = Functional.pad(
                mask.narrow(1, 0, states).to(h.dtype()).minus(1).times(-UNSEEN), 0, 1, 0, 0, 0); // (b, states + 1)
        Tensor bias = unseen.unsqueeze(1).plus(later(h, 0)).unsqueeze(1); // (b, 1, states + 1, states + 1)
        List<KeysValues> kept = new ArrayList<>();
        for (PreNormLayer layer : layers) {
            KeysValues own = layer.keysValues(h);
            kept.add(own);
            h = kept.size() == layers.size() ? h : layer.apply(h, own, bias);
        }
        return new PriorPrefix(kept, unseen);
    }

    /**
     * Predicts clean image embeddings for prompts that are remembered; equal to {@link #predict(Tensor, Tensor,
     * TextCondition)} up to rounding.
     *
     * @param noisy normalised image embeddings with noise, (b, {@link #embeddingWidth()})
     * @param timesteps as there
     * @param text of b prompts
     * @return normalised image embeddings (b, {@link #outWidth()})
     */
    public Tensor predict(Tensor noisy, Tensor timesteps, PriorPrefix text) {
        Tensor h = sequence.drawnPart(noisy, timesteps); // (b, m, width)
        int m = (int) h.size(1);
        Tensor seen = Functional.pad(text.unseen(), 0, m, 0, 0, 0); // (b, n + m)
        Tensor bias = seen.unsqueeze(1).plus(later(h, text.tokens())).unsqueeze(1); // (b, 1, m, n + m)
        for (int i = 0; i < layers.size(); i++) {
            KeysValues own = layers.get(i).keysValues(h);
            h = layers.get(i).apply(h, text.layers().get(i).and(own), bias);
        }
        return out.apply(norm.apply(h.select(1, m - 1)));
    }

    /** Whether it is told the timestep; ECLIPSE's, which predicts in one step, is not. */
    public boolean readsTime() {
        return config.readsTime();
    }

    /** From a normalised result (b, out width) to an embedding on CLIP's own scale: {@code x * std + mean}. */
    public Tensor toImageEmbedding(Tensor prediction) {
        return prediction.times(std).plus(mean);
    }

    /** The width of the noisy image embedding and of the text states. */
    public int embeddingWidth() {
        return config.embeddingWidth();
    }

    /** The width of the text states that it reads. */
    public int statesWidth() {
        return config.projectsTextStates() ? config.embeddingWidth() : config.width();
    }

    /** The width of the predicted image embedding. */
    public int outWidth() {
        return config.outWidth();
    }

    /** The number of text states per prompt: 77 for CLIP. */
    public int tokens() {
        return config.tokens();
    }

    /** Self-attention and a four times wider GELU network, by diffusers' names. */
    private static PreNormLayer layer(PriorConfig config, Weights weights) {
        long width = config.width();
        Weights attention = weights.at("attn1");
        Weights network = weights.at("ff.net");
        return new PreNormLayer(
                LayerNorm.of(weights.at("norm1"), width, PriorConfig.NORM_EPSILON),
                new SelfAttention(
                        Linear.of(attention.at("to_q"), width, width),
                        Linear.of(attention.at("to_k"), width, width),
                        Linear.of(attention.at("to_v"), width, width),
                        Linear.of(attention.at("to_out").at(0), width, width),
                        config.heads()),
                LayerNorm.of(weights.at("norm3"), width, PriorConfig.NORM_EPSILON),
                Linear.of(network.at(0).at("proj"), width, 4 * width),
                Activation.GELU,
                Linear.of(network.at(2), 4 * width, width));
    }

    /** What is added to the scores of h, (b, 1, n, n): {@link #UNSEEN} for padding, and for whatever comes later. */
    private Tensor bias(Tensor mask, Tensor h) {
        DType dtype = h.dtype();
        long n = h.size(1);
        PriorSequence.require("the mask", mask, h.size(0), config.tokens());
        int added = (int) n - config.tokens();
        Tensor padding = Functional.pad(mask.to(dtype).minus(1).times(-UNSEEN), 0, added, 0, 0, 0); // (b, n)
        return padding.unsqueeze(1).plus(later(h, 0)).unsqueeze(1); // (b, 1, n, n)
    }

    /** {@link #UNSEEN} where a token of h (b, m, width) would see a later one, (m, before + m). */
    private static Tensor later(Tensor h, int before) {
        long m = h.size(1);
        return Tensor.ones(h.dtype(), m, before + m)
                .upperTriangle(before + 1L)
                .times(UNSEEN)
                .to(h.device());
    }

    /** How many states the longest of the prompts has. */
    private static int longest(Tensor mask) {
        double[] used = mask.to(DType.FLOAT32).max(false, 0).toDoubles();
        int n = used.length;
        while (n > 1 && used[n - 1] == 0) {
            n--;
        }
        return n;
    }
}
