package dev.hapax.run;

import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import dev.hapax.text.WordForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Words before anything is learned, as files: what learned ones are compared with. */
public final class UnlearnedWords {
    private UnlearnedWords() {}

    /**
     * Writes them into a folder that is there.
     *
     * @throws IllegalArgumentException if the model has several text encoders
     */
    public static void write(StableDiffusion model, List<Word> words, RunFolder folder) {
        SinglePromptEncoder text = SinglePromptEncoder.of(model);
        Map<String, Path> files =
                folder.wordFiles(words.stream().map(Word::token).toList());
        for (Word word : words) {
            try (Scope scope = Scope.open()) {
                Tensor rows = word.in(Lexicon.empty(), word.initial(text.tokenizer(), text.encoder()))
                        .rows(word.token());
                WordForm.file(word, rows, Map.of("init", word.startsFrom()))
                        .write(Objects.requireNonNull(files.get(word.token())));
            }
        }
    }
}
