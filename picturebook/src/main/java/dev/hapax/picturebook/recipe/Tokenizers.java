package dev.hapax.picturebook.recipe;

import dev.hapax.picturebook.world.Captions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the tokenizer of the little world in transformers' folder layout. */
final class Tokenizers {
    private Tokenizers() {}

    /** Returns the size of the vocabulary. */
    static int write(Path folder) throws IOException {
        Vocabulary vocabulary = Vocabulary.of(new Captions().vocabulary());
        Parts.writeJson(folder.resolve("vocab.json"), vocabulary.ids());
        Files.writeString(
                folder.resolve("merges.txt"), "#version: 0.2\n" + String.join("\n", vocabulary.merges()) + "\n");
        String begin = "<|startoftext|>";
        String end = "<|endoftext|>";
        Parts.writeJson(
                folder.resolve("special_tokens_map.json"),
                Map.of("bos_token", begin, "eos_token", end, "pad_token", end, "unk_token", end));
        Parts.writeJson(
                folder.resolve("tokenizer_config.json"),
                Map.of("tokenizer_class", "CLIPTokenizer", "model_max_length", ClipRecipe.TOKENS));
        return vocabulary.ids().size();
    }
}
