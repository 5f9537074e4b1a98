package dev.hapax.text;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Activation;
import dev.hapax.nn.AttentionMask;
import dev.hapax.nn.LayerNorm;
import dev.hapax.nn.Linear;
import dev.hapax.nn.PostNormAttention;
import dev.hapax.nn.PostNormFeedForward;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A text encoder in CLIP's space for many languages (Carlsson et al. 2022): XLM-RoBERTa (Conneau et al. 2020), the mean
 * of its states, and a projection. With the parameters of the {@code text_encoder} of Kandinsky 2.1. Its tokenizer is a
 * {@link PretrainedTokenizer}.
 */
public final class MultilingualClip {
    private final Tensor words;
    private final Tensor positions;
    private final Tensor segments;
    private final LayerNorm norm;
    private final List<Layer> layers = new ArrayList<>();
    private final Linear projection;
    private final int padding;

    private record Layer(PostNormAttention attention, PostNormFeedForward feedForward) {
        Tensor apply(Tensor x, Tensor mask) {
            return Scope.run(() ->
                    feedForward.apply(attention.apply(x, attention.attention().read(x), mask)));
        }
    }

    private MultilingualClip(Config config, Weights weights) {
        int width = config.integer("hidden_size", config.integer("transformerDimensions"));
        double epsilon = config.number("layer_norm_eps", 1e-12);
        Weights model = weights.at("transformer");
        Weights embeddings = model.at("embeddings");
        words = embeddings.get("word_embeddings.weight", config.integer("vocab_size"), width);
        positions = embeddings.get("position_embeddings.weight", config.integer("max_position_embeddings"), width);
        segments = embeddings.get("token_type_embeddings.weight", config.integer("type_vocab_size", 2), width);
        norm = LayerNorm.of(embeddings.at("LayerNorm"), width, epsilon);
        for (int i = 0; i < config.integer("num_hidden_layers"); i++) {
            Weights layer = model.at("encoder.layer").at(i);
            layers.add(new Layer(
                    PostNormAttention.of(
                            layer.at("attention"),
                            "self",
                            width,
                            width,
                            config.integer("num_attention_heads"),
                            epsilon),
                    PostNormFeedForward.ofBert(
                            layer.at("intermediate"),
                            layer.at("output"),
                            width,
                            config.integer("intermediate_size"),
                            Activation.named(config.text("hidden_act", "gelu")),
                            epsilon)));
        }
        projection = Linear.of(weights.at("LinearTransformation"), width, config.integer("numDims"));
        padding = config.integer("pad_token_id", 1);
    }

    /**
     * An encoder as a folder with {@code config.json} and weights holds it. The pooler that files carry is not read.
     *
     * @throws CheckpointException if it is of another family, or a parameter is missing or has another shape
     */
    public static MultilingualClip of(Config config, Weights weights) {
        String type = config.text("model_type", "M-CLIP");
        if (!type.equalsIgnoreCase("M-CLIP")) {
            throw new CheckpointException(config.origin() + ": \"model_type\" must be M-CLIP, got \"" + type + "\"");
        }
        return new MultilingualClip(config, weights);
    }

    /**
     * What it says about texts.
     *
     * @param states of the tokens, (b, tokens, width)
     * @param projected the mean of a text's states in CLIP's space, (b, projection)
     */
    public record Encoding(Tensor states, Tensor projected) {}

    /** The id that fills up texts that are shorter than others. */
    public int padding() {
        return padding;
    }

    /** The most tokens that a text may have: positions are counted from behind the padding's id. */
    public int maxTokens() {
        return (int) positions.size(0) - padding - 1;
    }

    /**
     * Encodes texts.
     *
     * @param ids int64 (b, tokens)
     * @param mask (b, tokens), 1 for a token and 0 for padding
     */
    public Encoding encode(Tensor ids, Tensor mask) {
        Shape.require("the mask of the tokens", mask.shape(), ids.shape());
        if (ids.size(1) > maxTokens()) {
            throw new IllegalArgumentException("a text of " + ids.size(1) + " tokens is too long for an encoder of "
                    + maxTokens() + "; shorten it");
        }
        Tensor x = norm.apply(Functional.embedding(words, ids)
                .plus(segments.select(0, 0))
                .plus(Functional.embedding(positions, places(ids))));
        Tensor bias = AttentionMask.padding(mask, x);
        for (Layer layer : layers) {
            x = layer.apply(x, bias);
        }
        Tensor counted = mask.to(x.dtype()).unsqueeze(2); // (b, tokens, 1)
        Tensor mean = x.times(counted).sum(false, 1).over(counted.sum(false, 1)); // (b, width)
        return new Encoding(x, projection.apply(mean));
    }

    /** Tokens are counted without padding, from behind the padding's own id: (b, tokens). */
    private Tensor places(Tensor ids) {
        Tensor token = Tensor.ones(DType.INT64, ids.shape()).to(ids.device());
        token = ids.zerosLike().where(ids.equal(padding), token); // 1 for a token, 0 for padding
        return token.cumsum(1).times(token).plus(padding).to(DType.INT64);
    }
}
