package dev.hapax.unet;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.attention.CrossAttention;
import dev.hapax.attention.Resolution;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Footprint;
import dev.hapax.nn.LayerNorm;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Pixels look at each other, then at the text, then each thinks for itself (Vaswani et al. 2017, normalised before each
 * step; diffusers: BasicTransformerBlock).
 *
 * @param layer the place at which this block asks for its text
 * @param parameters all of these layers'
 */
record TransformerBlock(
        LayerNorm norm1,
        CrossAttention selfAttention,
        LayerNorm norm2,
        CrossAttention crossAttention,
        LayerNorm norm3,
        FeedForward feedForward,
        AttentionLayer layer,
        List<Tensor> parameters) {
    private static final long EXPANSION = FeedForward.EXPANSION;

    static TransformerBlock of(Stage stage, Weights weights, LayerNumbering numbering) {
        int width = stage.innerWidth();
        Weights crossWeights = weights.at("attn2");
        return new TransformerBlock(
                LayerNorm.of(weights.at("norm1"), width, UNetConfig.LAYER_NORM_EPSILON),
                CrossAttention.of(weights.at("attn1"), width, width, stage.heads()),
                LayerNorm.of(weights.at("norm2"), width, UNetConfig.LAYER_NORM_EPSILON),
                CrossAttention.of(crossWeights, width, stage.contextWidth(), stage.heads()),
                LayerNorm.of(weights.at("norm3"), width, UNetConfig.LAYER_NORM_EPSILON),
                FeedForward.of(weights.at("ff"), width),
                numbering.next(crossWeights.path(), stage),
                weights.usedHere());
    }

    /** (b, pixels, width) to the same shape. */
    Tensor apply(Tensor x, Resolution resolution, Conditions conditions) {
        boolean watched = conditions.probe().wants(layer, resolution);
        Tensor text = conditions.texts().get(layer.index()); // (b, tokens, text width)
        CrossAttention reading = crossAttention.holding(conditions.held()).reading(conditions.reading());
        List<Tensor> outputs = conditions
                .segments()
                .run(List.of(x, text), parameters, in -> computed(in.get(0), in.get(1), reading, watched));
        if (watched) {
            conditions.probe().record(layer, resolution, outputs.get(1));
        }
        return outputs.get(0);
    }

    /**
     * What it holds on so many pixels; its output is not counted.
     *
     * @param tokens of the text
     * @param watched whether its probabilities are recorded
     * @param beginning whether gradients begin here, at the text
     */
    Footprint footprint(long pixels, long tokens, Moving moving, boolean watched, boolean beginning) {
        long width = norm1.weight().elements();
        long rows = selfAttention.heads() * pixels;
        long probabilities = crossAttention.heads() * pixels * tokens;
        long states = width * pixels;
        long text = width * tokens;
        // queries, keys, values, result; what the second normalisation reads
        long self = beginning ? 0 : 5 * states + rows;
        // queries and result, keys and values; what the third normalisation reads
        long cross = (watched ? states + probabilities : 2 * states + rows) + 2 * text + states;
        long feed = (2 * EXPANSION + EXPANSION) * states; // both halves, and the one half activated
        long inputs = moving.includes(Moving.ATTENTION) ? (beginning ? 1 : 2) * states + (watched ? states : 0) : 0;
        long feedInputs = moving.includes(Moving.ALL) ? (1 + EXPANSION) * states : 0;
        return new Footprint(
                watched ? probabilities + 3 * pixels * tokens : 0, // and their means over heads, reshaped and summed
                self + cross + feed + inputs + feedInputs,
                4 * EXPANSION * states, // of the gated units: products, activations, and both joined
                parameters.stream().mapToLong(Tensor::elements).sum());
    }

    /** The new states and, if watched, the probabilities with which they read the text. */
    private List<Tensor> computed(Tensor x, Tensor text, CrossAttention reading, boolean watched) {
        List<Tensor> shown = new ArrayList<>();
        Tensor states = norm1.apply(x);
        Tensor h = x.plus(selfAttention.apply(states, states));
        Tensor asking = norm2.apply(h);
        h = h.plus(watched ? reading.apply(asking, text, shown::add) : reading.apply(asking, text));
        shown.add(0, h.plus(feedForward.apply(norm3.apply(h))));
        return shown;
    }
}
