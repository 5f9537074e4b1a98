package dev.hapax.learning;

import dev.hapax.tensor.Tensor;
import java.util.List;

/**
 * Image embeddings that a prior draws for prompts that hold the words.
 *
 * @param step the training step, from 0
 * @param prompts for each sample, what the prior was given
 * @param embeddings what it drew, of any length, (b, width)
 */
public record PriorPass(long step, List<String> prompts, Tensor embeddings) implements Pass {

    /** Copies the list and checks that there is an embedding for each prompt. */
    public PriorPass {
        prompts = List.copyOf(prompts);
        if (embeddings.rank() != 2 || embeddings.size(0) != prompts.size()) {
            throw new IllegalArgumentException(prompts.size() + " prompts need as many embeddings, got " + embeddings);
        }
    }

    @Override
    public boolean holds(String word) {
        return prompts.stream().anyMatch(prompt -> prompt.contains(word));
    }

    /** The embeddings at unit length, (b, width). */
    public Tensor directions() {
        return embeddings.over(embeddings.norm(-1));
    }
}
