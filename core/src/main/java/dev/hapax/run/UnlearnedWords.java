package dev.hapax.run;

import dev.hapax.checkpoint.WordFile;
import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.tensor.Scope;
import dev.hapax.text.Word;
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
                new WordFile(
                                word.token(),
                                word.initial(text.tokenizer(), text.encoder()),
                                Map.of("init", word.startsFrom()))
                        .write(Objects.requireNonNull(files.get(word.token())));
            }
        }
    }
}
