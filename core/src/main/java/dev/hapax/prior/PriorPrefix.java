package dev.hapax.prior;

import dev.hapax.nn.KeysValues;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What a prior remembers of b prompts: keys and values of their text states and of the pooled embedding in each layer.
 * Attention is causal and these tokens come first, so they are the same in every step and for every noise; padding, which
 * no token sees, is left out. Differentiable in the text, unless it was made without recording.
 *
 * @param layers of each layer n tokens of b rows
 * @param unseen (b, n): what is added to the scores of each token, 0 or, where a row is shorter, a large negative number
 */
public record PriorPrefix(List<KeysValues> layers, Tensor unseen) implements AutoCloseable {
    /** What diffusers adds to the score of a position that must not be seen. */
    static final double UNSEEN = -10000;

    /** Copies the list. */
    public PriorPrefix {
        layers = List.copyOf(layers);
    }

    /** How many prompts. */
    public int rows() {
        return (int) unseen.size(0);
    }

    /** How many tokens of each prompt, padding to the longest included. */
    public int tokens() {
        return (int) unseen.size(1);
    }

    /**
     * The same prompt b times.
     *
     * @throws IllegalArgumentException if there are several, but not b
     */
    public PriorPrefix expand(int b) {
        if (rows() == b) {
            return this;
        }
        if (rows() != 1) {
            throw new IllegalArgumentException(rows() + " prompts cannot stand for " + b + "; give one, or as many");
        }
        return new PriorPrefix(
                layers.stream()
                        .map(layer -> new KeysValues(
                                layer.keys().expand(b, -1, -1, -1),
                                layer.values().expand(b, -1, -1, -1)))
                        .toList(),
                unseen.expand(b, -1));
    }

    /** These prompts followed by others; the shorter ones are padded. */
    public PriorPrefix and(PriorPrefix others) {
        int n = Math.max(tokens(), others.tokens());
        PriorPrefix first = padded(n);
        PriorPrefix second = others.padded(n);
        List<KeysValues> joined = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            KeysValues a = first.layers.get(i);
            KeysValues b = second.layers.get(i);
            joined.add(new KeysValues(
                    Tensor.cat(List.of(a.keys(), b.keys()), 0), Tensor.cat(List.of(a.values(), b.values()), 0)));
        }
        return new PriorPrefix(joined, Tensor.cat(List.of(first.unseen, second.unseen), 0));
    }

    private PriorPrefix padded(int n) {
        int more = n - tokens();
        if (more == 0) {
            return this;
        }
        return new PriorPrefix(
                layers.stream()
                        .map(layer -> new KeysValues(
                                Functional.pad(layer.keys(), 0, 0, 0, more, 0),
                                Functional.pad(layer.values(), 0, 0, 0, more, 0)))
                        .toList(),
                Functional.pad(unseen, 0, more, 0, 0, UNSEEN));
    }

    /** Keeps it alive beyond every scope, until {@link #close()}. */
    public PriorPrefix keep() {
        layers.forEach(layer -> {
            layer.keys().keep();
            layer.values().keep();
        });
        unseen.keep();
        return this;
    }

    /** Frees what was {@linkplain #keep() kept}. */
    @Override
    public void close() {
        layers.forEach(layer -> {
            layer.keys().close();
            layer.values().close();
        });
        unseen.close();
    }
}
