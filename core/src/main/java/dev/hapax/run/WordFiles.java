package dev.hapax.run;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.text.Lexicon;
import dev.hapax.text.WordForm;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads learned words. */
final class WordFiles {
    private WordFiles() {}

    /**
     * The words of files and folders; their vectors belong to the innermost open scope.
     *
     * @throws CheckpointException if a file is missing or no word file, a folder has none, or two files have one word
     */
    static Lexicon read(List<Path> filesAndFolders) {
        Map<String, Path> origins = new LinkedHashMap<>();
        Lexicon words = Lexicon.empty();
        for (Path file : RunFolder.wordFilesOf(filesAndFolders)) {
            WordFile word = WordFile.read(file);
            Path other = origins.put(word.token(), file);
            if (other != null) {
                throw new CheckpointException(
                        "two files hold the word " + word.token() + ": " + other + " and " + file + "; give one");
            }
            words = WordForm.read(word, words);
        }
        return words;
    }
}
