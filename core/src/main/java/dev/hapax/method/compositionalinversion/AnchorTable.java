package dev.hapax.method.compositionalinversion;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Anchors as a text encoder knows them: the raw embeddings that go into it, where learned words live as well.
 *
 * @param names of the anchors
 * @param vectors one for each name, all of the encoder's width
 * @param tokens the length of the encoder's input
 */
public record AnchorTable(List<String> names, List<float[]> vectors, int tokens) {

    /** Copies the lists and checks that they are of one length. */
    public AnchorTable {
        names = List.copyOf(names);
        vectors = List.copyOf(vectors);
        if (names.isEmpty() || names.size() != vectors.size() || tokens < 1) {
            throw new IllegalArgumentException("every anchor needs a vector, got " + names.size() + " anchors and "
                    + vectors.size() + " vectors, for " + tokens + " tokens");
        }
    }

    /** The anchors in a model; one of several tokens is their mean (our choice, the paper does not say). */
    public static AnchorTable of(Anchors anchors, Tokenizer tokenizer, ClipTextEncoder encoder) {
        List<float[]> vectors = new ArrayList<>();
        for (String name : anchors.names()) {
            try (Scope scope = Scope.open()) {
                TokenIds prompt = tokenizer.encode(name);
                int n = prompt.length() - 2; // without begin and end
                Tensor ids = Tensor.of(prompt.ids(), prompt.ids().length).narrow(0, 1, n);
                vectors.add(encoder.embeddings(ids, null)
                        .to(DType.FLOAT32)
                        .mean(false, 0)
                        .toFloats()); // (width)
            }
        }
        return new AnchorTable(anchors.names(), vectors, encoder.maxTokens());
    }

    /** The width of a vector. */
    public int width() {
        return vectors.get(0).length;
    }

    /**
     * The number of an anchor.
     *
     * @throws IllegalArgumentException if it is not here
     */
    public int index(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is none of the " + names.size() + " anchors; add it to them");
        }
        return index;
    }
}
