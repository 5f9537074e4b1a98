package dev.hapax.method.conceptlab;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TextEncoding;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import dev.hapax.vision.ClipModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where ordinary texts lie in CLIP's space; each is encoded once and kept until this is closed. Only learned words need
 * gradients, constraints do not.
 */
public final class TextEmbeddings implements AutoCloseable {
    private final Tokenizer tokenizer;
    private final ClipTextEncoder encoder;
    private final Map<String, Tensor> known = new HashMap<>();

    /** The space of a text tower with a projection. */
    public TextEmbeddings(Tokenizer tokenizer, ClipTextEncoder encoder) {
        this.tokenizer = tokenizer;
        this.encoder = encoder;
    }

    /**
     * The direction of a text, of unit length, (width), fp32, without history.
     *
     * @throws IllegalArgumentException if the tower has no projection
     */
    public Tensor of(String text) {
        return known.computeIfAbsent(text, this::encode);
    }

    /** The directions of several texts, (n, width). */
    public Tensor of(List<String> texts) {
        return Tensor.stack(texts.stream().map(this::of).toList(), 0);
    }

    private Tensor encode(String text) {
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            TokenIds tokens = tokenizer.encode(text);
            TextEncoding encoding = encoder.encode(List.of(tokens.cut(tokens.length())), Lexicon.empty());
            Tensor projected = encoding.projected()
                    .orElseThrow(() -> new IllegalArgumentException("texts are compared in the space of pictures, and"
                            + " this text encoder has no projection into it; use a CLIPTextModelWithProjection"));
            return ClipModel.normalised(projected.to(DType.FLOAT32))
                    .select(0, 0)
                    .copy()
                    .keep();
        }
    }

    @Override
    public void close() {
        known.values().forEach(Tensor::close);
        known.clear();
    }
}
