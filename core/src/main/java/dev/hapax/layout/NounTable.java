package dev.hapax.layout;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The nouns that a layout predictor knows, as a text encoder knows them.
 *
 * @param names each once
 * @param raw what goes into the text encoder for each; in this space learned words live, and other words find their
 *     nearest noun
 * @param refined what comes out of it for each noun alone; what the predictor reads
 */
public record NounTable(List<String> names, List<float[]> raw, List<float[]> refined) {

    /** Copies the lists and checks that they are of one length, two or more, and hold no name twice. */
    public NounTable {
        names = List.copyOf(names);
        raw = List.copyOf(raw);
        refined = List.copyOf(refined);
        if (names.size() < 2 || raw.size() != names.size() || refined.size() != names.size()) {
            throw new IllegalArgumentException("a layout needs at least two nouns and two vectors for each, got "
                    + names.size() + " nouns, " + raw.size() + " raw and " + refined.size() + " refined vectors");
        }
        for (String name : names) {
            if (name.isBlank() || Collections.frequency(names, name) > 1) {
                throw new IllegalArgumentException("nouns must be names, each once, got \"" + name + "\"");
            }
        }
    }

    /**
     * The nouns in a model. Raw, a noun of several tokens is their mean; refined, it is the output at its last token,
     * which is the only one to have seen them all. Both our choice.
     */
    public static NounTable of(List<String> names, Tokenizer tokenizer, ClipTextEncoder encoder) {
        List<float[]> raw = new ArrayList<>();
        List<float[]> refined = new ArrayList<>();
        try (Gradients.Region frozen = Gradients.off()) {
            for (String name : names) {
                try (Scope scope = Scope.open()) {
                    TokenIds prompt = tokenizer.encode(name);
                    raw.add(raw(prompt, encoder));
                    refined.add(encoder.encode(List.of(prompt), Lexicon.empty())
                            .last()
                            .select(0, 0)
                            .select(0, prompt.length() - 2L) // before the end token
                            .to(DType.FLOAT32)
                            .toFloats()); // (width)
                }
            }
        }
        return new NounTable(names, raw, refined);
    }

    /** What goes into a text encoder for an ordinary word or phrase: the mean over its tokens. */
    public static float[] raw(String phrase, Tokenizer tokenizer, ClipTextEncoder encoder) {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            return raw(tokenizer.encode(phrase), encoder);
        }
    }

    private static float[] raw(TokenIds prompt, ClipTextEncoder encoder) {
        int n = prompt.length() - 2; // without begin and end
        Tensor ids = Tensor.of(prompt.ids(), prompt.ids().length).narrow(0, 1, n);
        return encoder.embeddings(ids, null).to(DType.FLOAT32).mean(false, 0).toFloats(); // (width)
    }

    /** The width of a vector. */
    public int width() {
        return raw.get(0).length;
    }

    /**
     * The number of a noun.
     *
     * @throws IllegalArgumentException if it is not here
     */
    public int index(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "the layout does not know \"" + name + "\"; it knows " + String.join(", ", names));
        }
        return index;
    }

    /**
     * The noun of highest cosine to a raw vector (the paper says "nearest" and not by what).
     *
     * @throws IllegalArgumentException if the vector is of another width
     */
    public String nearest(float[] vector) {
        if (vector.length != width()) {
            throw new IllegalArgumentException("the layout was made for a text encoder of width " + width()
                    + ", the word's vector has " + vector.length + "; train a layout with this model");
        }
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < names.size(); i++) {
            double cosine = dot(vector, raw.get(i)) / Math.sqrt(dot(raw.get(i), raw.get(i)));
            if (cosine > highest) {
                highest = cosine;
                best = i;
            }
        }
        return names.get(best);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /** Vectors as a tensor: (vectors, width). */
    static Tensor tensor(List<float[]> vectors) {
        int width = vectors.get(0).length;
        float[] all = new float[vectors.size() * width];
        for (int i = 0; i < vectors.size(); i++) {
            System.arraycopy(vectors.get(i), 0, all, i * width, width);
        }
        return Tensor.of(all, vectors.size(), width);
    }

    /** The refined vectors as a tensor: (nouns, width). */
    public Tensor refinedTensor() {
        return tensor(refined);
    }
}
