package dev.hapax.vision.ask;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.text.PretrainedTokenizer;
import dev.hapax.text.TokenSequence;
import java.nio.file.Path;
import java.util.function.BiFunction;

/** What answerers have in common before they think: their folder, and a look at the question. */
final class Opening {
    private Opening() {}

    /** Opens a folder and its tokenizer and makes an answerer of them; frees both if that fails. */
    static <A> A of(Path model, BiFunction<ModelFolder, PretrainedTokenizer, A> answerer) {
        ModelFolder folder = ModelFolder.open(model);
        try {
            PretrainedTokenizer tokenizer = PretrainedTokenizer.open(model);
            try {
                return answerer.apply(folder, tokenizer);
            } catch (RuntimeException e) {
                tokenizer.close();
                throw e;
            }
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /**
     * The tokens of a question.
     *
     * @throws IllegalArgumentException if it is blank, or has more than {@code most} tokens
     */
    static TokenSequence question(TokenSequence tokens, String question, int most) {
        if (question.isBlank()) {
            throw new IllegalArgumentException("the question is blank; ask for example: What is in this photo?");
        }
        if (tokens.length() > most) {
            throw new IllegalArgumentException("the question has " + tokens.length() + " tokens, the model reads "
                    + most + " at most; shorten it: " + question);
        }
        return tokens;
    }
}
