package dev.hapax.prior;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.LayerNorm;
import dev.hapax.nn.Linear;
import dev.hapax.nn.Sinusoid;
import dev.hapax.nn.TimestepEmbedding;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the prior reads: text states, pooled text embedding, timestep, noisy embedding and a learned last token, each
 * brought to the transformer's width, with learned positions added.
 *
 * @param positions (1, tokens + added, width)
 * @param lastToken (1, 1, width), or null
 */
record PriorSequence(
        PriorConfig config,
        @Nullable TimestepEmbedding timeEmbedding,
        Linear noisyLayer,
        @Nullable LayerNorm textNorm,
        Linear textLayer,
        @Nullable Linear statesLayer,
        Tensor positions,
        @Nullable Tensor lastToken,
        @Nullable LayerNorm norm) {

    static PriorSequence of(PriorConfig config, Weights weights) {
        int width = config.width();
        return new PriorSequence(
                config,
                config.readsTime()
                        ? TimestepEmbedding.of(
                                weights.at("time_embedding"), width, config.timeWidth(), width, config.timeActivation())
                        : null,
                Linear.of(weights.at("proj_in"), config.embeddingWidth(), width),
                config.normProjected()
                        ? LayerNorm.of(
                                weights.at("embedding_proj_norm"), config.projectedWidth(), PriorConfig.NORM_EPSILON)
                        : null,
                Linear.of(weights.at("embedding_proj"), config.projectedWidth(), width),
                config.projectsTextStates()
                        ? Linear.of(weights.at("encoder_hidden_states_proj"), config.embeddingWidth(), width)
                        : null,
                weights.get("positional_embedding", 1, config.positions(), width),
                config.readsLastToken() ? weights.get("prd_embedding", 1, 1, width) : null,
                config.normIn() ? LayerNorm.of(weights.at("norm_in"), width, PriorConfig.NORM_EPSILON) : null);
    }

    /** Noisy (b, k, embedding width) and the rest as in {@link PriorTransformer#predict}, to (b, n, width). */
    Tensor apply(Tensor noisy, Tensor timesteps, TextCondition condition) {
        Tensor text = condition.pooled();
        Tensor states = condition.states();
        long b = noisy.size(0);
        require("the noisy embedding", noisy, b, noisy.size(1), config.embeddingWidth());
        require("the text embedding", text, b, config.projectedWidth());
        List<Tensor> parts = new ArrayList<>();
        if (states != null) {
            int statesWidth = statesLayer == null ? config.width() : config.embeddingWidth();
            require("the text states", states, b, config.tokens(), statesWidth);
            parts.add(statesLayer == null ? states : statesLayer.apply(states)); // (b, tokens, width)
        } else if (statesLayer != null) {
            throw new IllegalArgumentException("this prior reads text states and was given none; pass the text"
                    + " encoder's last states, [" + b + ", " + config.tokens() + ", " + config.embeddingWidth() + "]");
        }
        parts.add(pooled(text));
        addTime(parts, timesteps, noisy);
        long before = (states == null ? 0 : states.size(1)) + (timeEmbedding == null ? 1 : 2);
        parts.add(noisyLayer.apply(noisy)); // (b, k, width)
        if (lastToken != null) {
            parts.add(lastToken.expand(b, -1, -1));
        }
        Tensor sequence = Tensor.cat(parts, 1); // (b, n, width)
        Tensor placed = sequence.plus(positionsOf((int) before, sequence.size(1)));
        return norm == null ? placed : norm.apply(placed);
    }

    /**
     * The part that is the same whatever is drawn: the first so many text states and the pooled embedding, (b, states + 1,
     * width).
     */
    Tensor textPart(TextCondition condition, int count) {
        Tensor states = required(condition.states());
        Tensor kept = states.narrow(1, 0, count);
        Tensor text = condition.pooled();
        require("the text embedding", text, states.size(0), config.projectedWidth());
        Tensor placed = Tensor.cat(List.of(statesLayer == null ? kept : statesLayer.apply(kept), pooled(text)), 1)
                .plus(Tensor.cat(List.of(positions.narrow(1, 0, count), positions.narrow(1, config.tokens(), 1)), 1));
        return norm == null ? placed : norm.apply(placed);
    }

    /** The part that changes with each step: timestep, noisy embedding (b, embedding width) and last token, (b, n, width). */
    Tensor drawnPart(Tensor noisy, Tensor timesteps) {
        long b = noisy.size(0);
        require("the noisy embedding", noisy, b, config.embeddingWidth());
        List<Tensor> parts = new ArrayList<>();
        Tensor embeddings = noisy.unsqueeze(1); // (b, 1, embedding width)
        addTime(parts, timesteps, embeddings);
        parts.add(noisyLayer.apply(embeddings));
        if (lastToken != null) {
            parts.add(lastToken.expand(b, -1, -1));
        }
        Tensor sequence = Tensor.cat(parts, 1); // (b, n, width)
        Tensor placed = sequence.plus(positions.narrow(1, config.tokens() + 1, sequence.size(1)));
        return norm == null ? placed : norm.apply(placed);
    }

    private Tensor pooled(Tensor text) {
        return textLayer.apply(textNorm == null ? text : textNorm.apply(text)).unsqueeze(1); // (b, 1, width)
    }

    private void addTime(List<Tensor> parts, Tensor timesteps, Tensor noisy) {
        if (timeEmbedding != null) {
            Tensor times = new Sinusoid(config.width(), true, 0)
                    .apply(timesteps.reshape(-1).expand(noisy.size(0))); // (b, width)
            parts.add(timeEmbedding.apply(times.to(noisy.dtype())).unsqueeze(1)); // (b, 1, width)
        }
    }

    private Tensor required(@Nullable Tensor states) {
        if (states == null || lastToken == null || config.positions() != config.tokens() + added()) {
            throw new IllegalArgumentException("only a prior that reads text states, and its result in the place of a"
                    + " learned last token, can keep its text; draw with the whole sequence instead");
        }
        require(
                "the text states",
                states,
                states.size(0),
                Math.min(states.size(1), config.tokens()),
                statesLayer == null ? config.width() : config.embeddingWidth());
        return states;
    }

    private int added() {
        return timeEmbedding == null ? 3 : 4;
    }

    /**
     * Positions of a sequence of n. A prior that has learned fewer has learned those of the noisy embedding alone (as
     * Shap-E's); what lies before it and after it gets zeros.
     */
    private Tensor positionsOf(int before, long n) {
        int after = lastToken == null ? 0 : 1;
        int learned = config.positions();
        if (learned == n) {
            return positions;
        }
        if (before + learned + after != n) {
            throw new IllegalArgumentException("the prior has learned " + learned + " positions, its inputs make " + n
                    + "; num_embeddings and additional_embeddings do not fit them");
        }
        return Functional.pad(positions, 0, 0, before, after, 0);
    }

    static void require(String what, Tensor x, long... shape) {
        if (!Arrays.equals(x.shape(), shape)) {
            throw new IllegalArgumentException(
                    what + " must be " + Arrays.toString(shape) + ", got " + Arrays.toString(x.shape()));
        }
    }
}
