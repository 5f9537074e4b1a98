package dev.hapax.prior;

import dev.hapax.tensor.Tensor;
import dev.hapax.text.TextEncoding;
import dev.hapax.text.TokenIds;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a prior knows of a prompt, from CLIP's text tower.
 *
 * @param pooled the projected, pooled embedding, (b, projected width)
 * @param states the last states, (b, tokens, embedding width); null only for a prior without text states
 * @param mask (b, tokens): 1 where a state belongs to the prompt, 0 where it is padding; null, as in diffusers, also
 *     lets every position see the later ones
 */
public record TextCondition(
        Tensor pooled, @Nullable Tensor states, @Nullable Tensor mask) {

    /**
     * The condition of prompts, padding masked.
     *
     * @param encoding what a text tower with a projection says about them
     * @throws IllegalArgumentException if the tower has none
     */
    public static TextCondition of(TextEncoding encoding, List<TokenIds> prompts) {
        Tensor pooled = encoding.projected()
                .orElseThrow(() -> new IllegalArgumentException("a prior reads projected text embeddings, and this text"
                        + " encoder has no projection; use a CLIPTextModelWithProjection"));
        int tokens = (int) encoding.last().size(1);
        float[] mask = new float[prompts.size() * tokens];
        for (int b = 0; b < prompts.size(); b++) {
            Arrays.fill(mask, b * tokens, b * tokens + prompts.get(b).length(), 1);
        }
        return new TextCondition(
                pooled, encoding.last(), Tensor.of(mask, prompts.size(), tokens).to(pooled.device()));
    }

    /** The conditions of this batch followed by those of another. */
    public TextCondition and(TextCondition other) {
        return new TextCondition(
                Tensor.cat(List.of(pooled, other.pooled), 0),
                joined("states", states, other.states),
                joined("a mask", mask, other.mask));
    }

    private static @Nullable Tensor joined(String what, @Nullable Tensor first, @Nullable Tensor second) {
        if (first == null && second == null) {
            return null;
        }
        if (first == null || second == null) {
            throw new IllegalArgumentException("one of two text conditions has " + what + ", the other has none");
        }
        return Tensor.cat(List.of(first, second), 0);
    }
}
