package dev.hapax.unet;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.GroupNorm;
import dev.hapax.nn.Linear;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * Attention of pixels to a context and to each other at once: the keys and values of both stand in one row (Nichol et al.
 * 2021, section 4.1). With the parameters of diffusers' {@code Attention} with {@code added_kv_proj_dim}.
 *
 * @param norm before it
 * @param q queries of the pixels
 * @param k keys of the pixels; not read where only the context is seen
 * @param v values of the pixels; not read where only the context is seen
 * @param addedK keys of the context
 * @param addedV values of the context
 * @param out joins the heads
 * @param stage channels and heads
 */
record AddedKeyAttention(
        GroupNorm norm, Linear q, Linear k, Linear v, Linear addedK, Linear addedV, Linear out, KandinskyStage stage) {
    private static final double EPSILON = 1e-5; // diffusers' default for the normalisation in Attention

    static AddedKeyAttention of(KandinskyUNetConfig config, KandinskyStage stage, Weights weights) {
        int width = stage.channels();
        return new AddedKeyAttention(
                GroupNorm.of(weights.at("group_norm"), width, config.groups(), EPSILON),
                Linear.of(weights.at("to_q"), width, width),
                Linear.of(weights.at("to_k"), width, width),
                Linear.of(weights.at("to_v"), width, width),
                Linear.of(weights.at("add_k_proj"), config.contextWidth(), width),
                Linear.of(weights.at("add_v_proj"), config.contextWidth(), width),
                Linear.of(weights.at("to_out.0"), width, width),
                stage);
    }

    /** Features (b, channels, h, w) over a context (b, tokens, context width): the features with what they gathered. */
    Tensor apply(Tensor x, Tensor context) {
        return Scope.run(() -> {
            long[] shape = x.shape();
            Tensor pixels = norm.apply(x).reshape(shape[0], shape[1], -1).transpose(1, 2); // (b, pixels, channels)
            Tensor keys = split(addedK.apply(context));
            Tensor values = split(addedV.apply(context));
            if (!stage.onlyContext()) {
                keys = Tensor.cat(List.of(keys, split(k.apply(pixels))), 2);
                values = Tensor.cat(List.of(values, split(v.apply(pixels))), 2);
            }
            Tensor gathered = Functional.attention(split(q.apply(pixels)), keys, values, null)
                    .transpose(1, 2)
                    .reshape(shape[0], -1, shape[1]); // (b, pixels, channels)
            return x.plus(out.apply(gathered).transpose(1, 2).reshape(shape));
        });
    }

    private Tensor split(Tensor x) {
        return x.reshape(x.size(0), x.size(1), -1, stage.headWidth()).transpose(1, 2); // (b, heads, n, head width)
    }
}
