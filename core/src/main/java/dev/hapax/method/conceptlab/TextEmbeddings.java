package dev.hapax.method.conceptlab;

import dev.hapax.prior.TextCondition;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import dev.hapax.vision.ClipModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Where ordinary texts lie in CLIP's space; each is encoded once and kept until this is closed. Only learned words need
 * gradients, constraints do not.
 */
public final class TextEmbeddings implements AutoCloseable {
    private final Tokenizer tokenizer;
    private final ClipTextEncoder encoder;
    private final Function<TextCondition, Tensor> place; // (1, width)
    private final Map<String, Tensor> known = new HashMap<>();

    /** The space of a text tower with a projection. */
    public TextEmbeddings(Tokenizer tokenizer, ClipTextEncoder encoder) {
        this(tokenizer, encoder, TextCondition::pooled);
    }

    /**
     * A space into which texts are brought by something else, such as a prior that was fitted for that.
     *
     * @param place from the condition of one text to where it lies, (1, width)
     */
    public TextEmbeddings(Tokenizer tokenizer, ClipTextEncoder encoder, Function<TextCondition, Tensor> place) {
        this.tokenizer = tokenizer;
        this.encoder = encoder;
        this.place = place;
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
            List<TokenIds> cut = List.of(tokens.cut(tokens.length()));
            TextCondition condition = TextCondition.of(encoder.encode(cut, Lexicon.empty()), cut);
            return ClipModel.normalised(place.apply(condition).to(DType.FLOAT32))
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
