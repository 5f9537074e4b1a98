package dev.hapax.run;

import dev.hapax.learning.PriorForward;
import dev.hapax.measure.Embedding;
import dev.hapax.method.conceptlab.TextEmbeddings;
import dev.hapax.prior.ImagePrior;
import dev.hapax.prior.TextCondition;
import dev.hapax.prior.UnclipPrior;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a prior draws for a prompt, in CLIP's space: no picture is made of it.
 *
 * @param model the prior with its text tower
 * @param prompt may hold learned words
 * @param negative what guidance leads away from; empty for nothing
 * @param seed of the noise
 */
public record PriorDraws(PriorModel model, String prompt, String negative, long seed) {

    /**
     * Draws.
     *
     * @param words word files, and folders of them; those of the prompt
     * @param count how many
     * @throws IllegalArgumentException if there is a negative prompt and the prior is not guided
     */
    public List<Embedding> of(List<Path> words, int count) {
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            Lexicon lexicon = words.isEmpty() ? Lexicon.empty() : WordFiles.read(words);
            return negative.isEmpty() ? drawn(model.prior(), lexicon, count) : against(lexicon, count);
        }
    }

    private List<Embedding> against(Lexicon lexicon, int count) {
        if (!(model.prior() instanceof UnclipPrior guided)) {
            throw new IllegalArgumentException(
                    "only a diffusion prior reads a negative prompt, and this one is no such: "
                            + model.prior().purpose());
        }
        TokenIds tokens = model.tokenizer().encode(negative);
        TextCondition condition =
                TextCondition.of(model.texts().encode(List.of(tokens), Lexicon.empty()), List.of(tokens));
        try (UnclipPrior led = guided.against(condition)) {
            return drawn(led, lexicon, count);
        }
    }

    private List<Embedding> drawn(ImagePrior prior, Lexicon lexicon, int count) {
        PriorForward forward = new PriorForward(model.tokenizer(), model.texts(), prior, 1, new Rng(seed));
        List<Embedding> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try (Scope each = Scope.open()) {
                drawn.add(
                        new Embedding(forward.draw(List.of(prompt), lexicon, i).toFloats()));
            }
        }
        return drawn;
    }

    /** The places of ordinary texts in the space that the prior draws in. */
    public List<Embedding> places(List<String> texts) {
        try (Scope scope = Scope.open();
                TextEmbeddings space = model.names()) {
            return texts.stream()
                    .map(text -> new Embedding(space.of(text).toFloats()))
                    .toList();
        }
    }
}
